import { parseArn } from "../facts/arn.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { oncePer } from "../engine/once-per.ts";
import { statementsOf, type Condition, type Statement } from "../facts/policy-document.ts";
import { namersOf } from "../facts/reference.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, every, some } from "../engine/three-values.ts";
import { isMcpRuntime } from "../facts/workloads.ts";

/** The invocation by its oldest name, and one that AWS may yet add: a denial must cover those that are not known today. */
const INVOCATIONS = ["bedrock-agentcore:InvokeAgentRuntime", "bedrock-agentcore:InvokeAgentRuntimeByAnyOtherName"];
const EXCEPT = new Set(["arnnotequals", "arnnotlike", "stringnotequals"]);

/** Who may call. */
type Callers = "the gateways' roles" | "roles that it names";

export const runtimesRefuseOtherCallers = rule({
  premise: 1,
  id: "runtimes-refuse-other-callers",
  severity: "critical",
  description:
    "A runtime, and each endpoint of it, denies every caller but named roles, whatever else is granted: an MCP server all but its gateways', an agent all but those of its own account.",
  remediation:
    "Give it an AgentcoreResourcePolicy that denies InvokeAgentRuntime* to `*` unless aws:PrincipalArn is one of these roles.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoAccessRestriction, CONTROL.pciLeastPrivilege],
  subjects: { types: [TYPE.runtime, TYPE.endpoint] },
  judge: [
    (it, stack) => {
      const callers = callersOf(it, stack);
      const message = `"${it.name}" must deny its invocation to everyone but ${callers}.`;
      const policies = policiesOf(it, stack);
      if (policies.length === 0) return absent(message);
      const refuses = some(policies, (policy) =>
        some(statementsOf(policy, "policy"), (statement) => refusesOthers(statement, policy, callers, stack)),
      );
      return refuses ? undefined : message;
    },
    (it, stack) => {
      const callers = callersOf(it, stack);
      const allowed = policiesOf(it, stack).flatMap((policy) =>
        statementsOf(policy, "policy").filter(({ allows }) => allows),
      );
      return every(allowed, (statement) => allowsOnly(statement, callers, stack))
        ? undefined
        : `"${it.name}" must allow nothing to anyone but ${callers}.`;
    },
  ],
});

function callersOf(it: ResourceView, stack: StackIndex): Callers {
  const runtimes = it.type === TYPE.runtime ? [it] : stack.linked(it, "agentRuntimeId");
  return runtimes.every(isMcpRuntime) ? "the gateways' roles" : "roles that it names";
}

const gatewayRoleArns = oncePer(
  (stack: StackIndex) =>
    new Set(
      stack
        .ofType(TYPE.gateway)
        .map((it) => it.text("roleArn"))
        .filter((it) => it !== undefined),
    ),
);

/** The resource policies of a runtime or endpoint. A policy whose ARN came from an endpoint is not the runtime's, although that ARN may itself come from the runtime. */
function policiesOf(it: ResourceView, stack: StackIndex): readonly ResourceView[] {
  const arn = it.type === TYPE.runtime ? "agentRuntimeArn" : "agentRuntimeEndpointArn";
  const policies = namersOf(it, { types: [TYPE.resourcePolicy], input: "resourceArn" }, [arn], stack);
  if (it.type === TYPE.endpoint) return policies;
  return policies.filter((policy) => stack.linked(policy, "resourceArn").every(({ type }) => type !== TYPE.endpoint));
}

function refusesOthers(statement: Statement, policy: ResourceView, callers: Callers, stack: StackIndex): boolean {
  const { conditions, denies, isInverted, principals, resources } = statement;
  const [condition, ...others] = conditions;
  return (
    denies &&
    !isInverted &&
    principals.some(({ id }) => id === "*") &&
    INVOCATIONS.every((action) => statement.covers(action)) &&
    resources.some((resource) => resource === "*" || resource === policy.text("resourceArn")) &&
    others.length === 0 &&
    exceptsOnly(condition, callers, stack)
  );
}

function exceptsOnly(condition: Condition | undefined, callers: Callers, stack: StackIndex): boolean {
  if (condition === undefined || !EXCEPT.has(condition.operator.toLowerCase())) return false;
  if (condition.key.toLowerCase() !== "aws:principalarn") return false;
  return condition.values.length > 0 && condition.values.every((arn) => isCaller(arn, callers, stack));
}

function allowsOnly({ isInverted, principals }: Statement, callers: Callers, stack: StackIndex): boolean {
  return !isInverted && principals.every(({ kind, id }) => kind === "AWS" && isCaller(id, callers, stack));
}

function isCaller(arn: string, callers: Callers, stack: StackIndex): boolean {
  if (callers === "the gateways' roles") return gatewayRoleArns(stack).has(arn);
  const { service, account, resource = "" } = parseArn(arn) ?? {};
  return service === "iam" && account === stack.address.environment.account && /^role\/[^*?]+$/.test(resource);
}
