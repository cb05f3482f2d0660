import { LABEL } from "../../contracts/tags.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { lookup } from "../engine/lookup.ts";
import { isFor } from "../facts/reach/network-policy.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import { absent, some } from "../engine/three-values.ts";

export const namespacesDenyByDefault = rule({
  premise: 5,
  id: "namespaces-deny-by-default",
  severity: "critical",
  description: "In a tenant's namespace all traffic, in and out, is denied unless a network policy allows it.",
  remediation: "Add a NetworkPolicy for every pod, with both policy types and no rules.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoSegregation, CONTROL.pciNetwork, CONTROL.gdprByDesign],
  subjects: {
    types: [TYPE.namespace],
    where: (it, stack) => it.label(LABEL.tenant) !== undefined || stack.tenant !== undefined,
  },
  judge: (it, stack) => {
    const policies = policiesByNamespace(stack).find(it.text("metadata.name"));
    return some(policies, deniesAll) ? undefined : absent(`"${it.name}" must deny all traffic by default, both ways.`);
  },
});

const policiesByNamespace = lookup([TYPE.networkPolicy], (it) => it.text("metadata.namespace"));

function deniesAll(policy: ResourceView): boolean {
  const types = policy.texts("spec.policyTypes");
  return (
    isFor(policy, {}) === true &&
    ["Ingress", "Egress"].every((it) => types.includes(it)) &&
    ["spec.ingress", "spec.egress"].every((it) => policy.list(it).length === 0)
  );
}
