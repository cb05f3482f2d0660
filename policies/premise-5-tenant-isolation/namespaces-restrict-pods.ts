import { LABEL } from "../../contracts/tags.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { restrictsPods } from "../facts/workloads.ts";
import { rule } from "../engine/rule.ts";

export const namespacesRestrictPods = rule({
  premise: 5,
  id: "namespaces-restrict-pods",
  severity: "high",
  description: "A tenant's pods can neither gain privileges nor see the node that they share with others.",
  remediation: "Label the namespace pod-security.kubernetes.io/enforce: restricted.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoSegregation],
  subjects: {
    types: [TYPE.namespace],
    where: (it, stack) => it.label(LABEL.tenant) !== undefined || stack.tenant !== undefined,
  },
  judge: (it) => (restrictsPods(it) ? undefined : `"${it.name}" must enforce the pod security standard "restricted".`),
});
