import { CONTROL } from "../engine/frameworks.ts";
import { isOutput, outputsOf, referenceOf, referred, refersTo } from "../facts/reference.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, some } from "../engine/three-values.ts";

const ENGINE = "policyEngineConfiguration";

export const gatewaysEnforcePolicies = rule({
  premise: 1,
  id: "gateways-enforce-policies",
  severity: "critical",
  description: "A gateway permits only what Cedar policies of its own engine permit; without an engine it permits all.",
  remediation:
    "Set `policyEngineConfiguration` to a policy engine of the same stack, of no other gateway, with mode ENFORCE and at least one policy.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoAccessRestriction, CONTROL.pciLeastPrivilege],
  subjects: { types: [TYPE.gateway] },
  judge: [
    (it) =>
      it.text(`${ENGINE}.mode`) === "ENFORCE" ? undefined : `"${it.name}" must enforce what its policy engine decides.`,
    (it, stack) => {
      const engine = engineOf(it, stack);
      if (engine === undefined) return `"${it.name}" must have a policy engine of its own stack.`;
      if (some(stack.ofType(TYPE.gateway), (other) => other !== it && engineOf(other, stack) === engine))
        return `"${it.name}" must share its policy engine with no other gateway.`;
      const policies = policiesOf(engine, stack);
      if (policies.length === 0) return absent(`"${it.name}" must have policies in its engine.`);
      return policies
        .filter((policy) => !isNarrow(policy.text("definition.cedar.statement") ?? "", it))
        .map(
          ({ name }) =>
            `"${it.name}" must have only policies that name it, and permits that name their actions and a condition: not "${name}".`,
        );
    },
  ],
});

function engineOf(gateway: ResourceView, stack: StackIndex): ResourceView | undefined {
  const named = { of: gateway, input: ENGINE, read: () => gateway.text(`${ENGINE}.arn`) };
  return referred(named, stack.ofType(TYPE.policyEngine), isOutput("policyEngineArn"), stack);
}

function policiesOf(engine: ResourceView, stack: StackIndex): readonly ResourceView[] {
  return stack
    .ofType(TYPE.policy)
    .filter((it) => refersTo(referenceOf(it, "policyEngineId"), [engine], isOutput("policyEngineId", "id"), stack));
}

/** One Cedar statement (docs.cedarpolicy.com, policy syntax): its effect, its scope and what is behind it. */
const STATEMENT =
  /^(permit|forbid)\s*\(\s*principal\b[^,()]*,\s*action\b([^;()]*?),\s*resource\s*==\s*AgentCore::Gateway::"([^"]+)"\s*,?\s*\)([^;]*);$/;

/** Whether a policy is one statement about the gateway and, if it permits, names its actions and a condition. */
function isNarrow(policy: string, gateway: ResourceView): boolean {
  const statement = policy.replaceAll(/^\s*\/\/.*$/gm, "").trim();
  const [, effect, actions = "", resource, conditions = ""] = STATEMENT.exec(statement) ?? [];
  if (effect === undefined || resource !== outputsOf(gateway).text("gatewayArn")) return false;
  return effect === "forbid" || (/^\s*(?:==|in)\s/.test(actions) && /^\s*(?:when|unless)\s*\{/.test(conditions));
}
