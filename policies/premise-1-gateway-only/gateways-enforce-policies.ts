import { CONTROL } from "../engine/frameworks.ts";
import { byOutput, namersOf, type Naming, outputsOf, referred } from "../facts/reference.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent } from "../engine/three-values.ts";

const ENGINE = "policyEngineConfiguration";
const POLICIES: Naming = { types: [TYPE.policy], input: "policyEngineId" };
const GATEWAYS: Naming = { types: [TYPE.gateway], input: ENGINE, path: `${ENGINE}.arn` };

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
      if (namersOf(engine, GATEWAYS, ["policyEngineArn"], stack).length > 1)
        return `"${it.name}" must share its policy engine with no other gateway.`;
      const policies = namersOf(engine, POLICIES, ["policyEngineId"], stack);
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
  return referred(named, byOutput(TYPE.policyEngine, "policyEngineArn"), stack);
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
