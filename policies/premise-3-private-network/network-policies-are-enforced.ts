import { CONTROL } from "../engine/frameworks.ts";
import { rule } from "../engine/rule.ts";
import { absent, some } from "../engine/three-values.ts";
import { TYPE } from "../facts/resource-types.ts";

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";

/** Source: Amazon EKS User Guide, "Use network policies with EKS Auto Mode". */
export const networkPoliciesAreEnforced = rule({
  premise: 3,
  id: "network-policies-are-enforced",
  severity: "critical",
  description: "The cluster enforces network policies: EKS Auto Mode does not by itself.",
  remediation: 'Add the ConfigMap `amazon-vpc-cni` in `kube-system` with `enable-network-policy-controller: "true"`.',
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoSegregation, CONTROL.pciNetwork, CONTROL.gdprByDesign],
  subjects: { types: [TYPE.cluster] },
  judge: (it, stack) => {
    const settings = stack.ofType(CONFIG_MAP);
    return some(
      settings,
      (one) =>
        one.text("metadata.name") === "amazon-vpc-cni" &&
        one.text("metadata.namespace") === "kube-system" &&
        one.text("data", "enable-network-policy-controller") === "true",
    )
      ? undefined
      : absent(`The network policies of "${it.name}" must be enforced by a setting of amazon-vpc-cni.`);
  },
});
