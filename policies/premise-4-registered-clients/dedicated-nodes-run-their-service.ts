import { LABEL } from "../../contracts/tags.ts";
import { COMPUTE_TAINT } from "../../environments/capacity/node-pools.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { podLabelsOf } from "../facts/identity/identity-server.ts";
import { POD_TYPES, podPathOf } from "../facts/workloads.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import { every } from "../engine/three-values.ts";
import type { Value } from "../engine/value.ts";

export const dedicatedNodesRunTheirService = rule({
  premise: 4,
  id: "dedicated-nodes-run-their-service",
  severity: "critical",
  description:
    "Nodes of Keycloak, which its database admits, run its pods and nobody else's: a pod tolerates the taint of its own service alone, and a tenant's pod that of nodes for much computing.",
  remediation: `Tolerate the one taint ${LABEL.service} whose value is the pods' own ${LABEL.name}, in a tenant's stack only ${COMPUTE_TAINT.key}=${COMPUTE_TAINT.value}.`,
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoSegregation, CONTROL.pciNetwork],
  subjects: { types: POD_TYPES, where: (it) => tolerationsOf(it).length > 0 },
  judge: (it, stack) => {
    const own = { key: LABEL.service, value: podLabelsOf(it)[LABEL.name] };
    const allowed = stack.tenant === undefined ? own : COMPUTE_TAINT;
    return every(tolerationsOf(it), (toleration) => isOf(toleration, allowed))
      ? undefined
      : `"${it.name}" must tolerate no taint but that of ${stack.tenant === undefined ? "its own service's nodes" : `${COMPUTE_TAINT.key}=${COMPUTE_TAINT.value}`}.`;
  },
});

function isOf(
  toleration: Value,
  { key, value }: { readonly key: string; readonly value: string | undefined },
): boolean {
  const isEqual = (toleration.text("operator") ?? "Equal") === "Equal";
  return isEqual && toleration.text("key") === key && toleration.text("value") === value;
}

function tolerationsOf(it: ResourceView) {
  return it.list(`${podPathOf(it)}.tolerations`);
}
