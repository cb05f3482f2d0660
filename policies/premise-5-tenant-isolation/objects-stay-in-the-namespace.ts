import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";

export const objectsStayInTheNamespace = rule({
  premise: 5,
  id: "objects-stay-in-the-namespace",
  severity: "critical",
  description:
    "What a tenant's stack makes in the cluster is in the tenant's own namespace: in no other, and not of the whole cluster.",
  remediation: "Set `metadata.namespace` to the tenant's id; make what is of the whole cluster in the region's stack.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoSegregation, CONTROL.gdprByDesign],
  subjects: {
    types: ["kubernetes:*", TYPE.podIdentityAssociation],
    where: (it, stack) => it.resource.custom && stack.tenant !== undefined,
  },
  judge: (it, stack) =>
    namespaceOf(it) === stack.tenant
      ? undefined
      : `"${it.name}" must be in the namespace "${stack.tenant ?? ""}", the tenant's.`,
});

function namespaceOf(it: ResourceView): string | undefined {
  if (it.type === TYPE.podIdentityAssociation) return it.text("namespace");
  return it.text(it.type === TYPE.namespace ? "metadata.name" : "metadata.namespace");
}
