import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";

export const objectsLiveInTheTenantsNamespace = rule({
  premise: 5,
  id: "objects-live-in-the-tenants-namespace",
  severity: "critical",
  description:
    "A tenant's stack puts objects into its own namespace only: quota, network policies and pod security hold by namespace.",
  remediation: "Set `metadata.namespace` to the tenant's id.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoSegregation, CONTROL.gdprByDesign],
  subjects: { types: ["kubernetes:*"], where: (it, stack) => it.resource.custom && stack.tenant !== undefined },
  judge: (it, stack) => {
    const namespace = it.text(it.type === TYPE.namespace ? "metadata.name" : "metadata.namespace");
    return namespace === stack.tenant
      ? undefined
      : `"${it.name}" must be in the namespace of tenant "${stack.tenant ?? ""}".`;
  },
});
