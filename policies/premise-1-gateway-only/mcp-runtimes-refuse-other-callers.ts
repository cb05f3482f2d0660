import { CONTROL } from "../engine/frameworks.ts";
import { oncePer } from "../engine/once-per.ts";
import { statementsOf, type Condition, type Statement } from "../facts/policy-document.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, some } from "../engine/three-values.ts";
import { isMcpRuntime } from "../facts/workloads.ts";

const INVOCATIONS = ["bedrock-agentcore:InvokeAgentRuntime", "bedrock-agentcore:InvokeAgentRuntimeForUser"];
const EXCEPT = new Set(["arnnotequals", "stringnotequals"]);

export const mcpRuntimesRefuseOtherCallers = rule({
  premise: 1,
  id: "mcp-runtimes-refuse-other-callers",
  severity: "critical",
  description:
    "An MCP runtime, and each endpoint of it, denies every caller but the gateways' roles, whatever else is granted.",
  remediation:
    "Give it an AgentcoreResourcePolicy that denies InvokeAgentRuntime* to `*` unless aws:PrincipalArn is a gateway's role.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoAccessRestriction, CONTROL.pciLeastPrivilege],
  subjects: {
    types: [TYPE.runtime, TYPE.endpoint],
    where: (it, stack) =>
      it.type === TYPE.runtime ? isMcpRuntime(it) : stack.linked(it, "agentRuntimeId").every(isMcpRuntime),
  },
  judge: (it, stack) => {
    const message = `"${it.name}" must deny its invocation to everyone but the gateways' roles.`;
    const policies = policiesOf(it, stack);
    if (policies.length === 0) return absent(message);
    const refuses = some(policies, (policy) =>
      some(statementsOf(policy, "policy"), (statement) => refusesOthers(statement, policy, stack)),
    );
    return refuses ? undefined : message;
  },
});

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
  const policies = stack.referrers(it, TYPE.resourcePolicy, "resourceArn");
  if (it.type === TYPE.endpoint) return policies;
  return policies.filter((policy) => stack.linked(policy, "resourceArn").every(({ type }) => type !== TYPE.endpoint));
}

function refusesOthers(statement: Statement, policy: ResourceView, stack: StackIndex): boolean {
  const { conditions, denies, isInverted, principals, resources } = statement;
  const [condition, ...others] = conditions;
  return (
    denies &&
    !isInverted &&
    principals.some(({ id }) => id === "*") &&
    INVOCATIONS.every((action) => statement.covers(action)) &&
    resources.some((resource) => resource === "*" || resource === policy.text("resourceArn")) &&
    others.length === 0 &&
    exceptsOnlyGateways(condition, stack)
  );
}

function exceptsOnlyGateways(condition: Condition | undefined, stack: StackIndex): boolean {
  if (condition === undefined || !EXCEPT.has(condition.operator.toLowerCase())) return false;
  if (condition.key.toLowerCase() !== "aws:principalarn") return false;
  return condition.values.length > 0 && condition.values.every((arn) => gatewayRoleArns(stack).has(arn));
}
