import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import { absent } from "../engine/three-values.ts";

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
      const engines = it.has(ENGINE) ? stack.linked(it, ENGINE).filter(({ type }) => type === TYPE.policyEngine) : [];
      const [engine] = engines;
      if (engine === undefined) return `"${it.name}" must have a policy engine of its own stack.`;
      if (stack.referrers(engine, TYPE.gateway, ENGINE).length > 1)
        return `"${it.name}" must share its policy engine with no other gateway.`;
      const policies = stack.referrers(engine, TYPE.policy, "policyEngineId");
      return policies.length > 0 ? undefined : absent(`"${it.name}" must have policies in its engine.`);
    },
  ],
});
