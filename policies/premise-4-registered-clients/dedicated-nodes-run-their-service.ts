import { LABEL } from "../../contracts/tags.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { podLabelsOf } from "../facts/identity/identity-server.ts";
import { POD_TYPES, podPathOf } from "../facts/workloads.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import { every } from "../engine/three-values.ts";

export const dedicatedNodesRunTheirService = rule({
  premise: 4,
  id: "dedicated-nodes-run-their-service",
  severity: "critical",
  description:
    "Nodes of Keycloak, which its database admits, run its pods and nobody else's: a pod tolerates the taint of its own service alone.",
  remediation: `Tolerate the one taint ${LABEL.service} whose value is the pods' own ${LABEL.name}, in no tenant's stack.`,
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoSegregation, CONTROL.pciNetwork],
  subjects: { types: POD_TYPES, where: (it) => tolerationsOf(it).length > 0 },
  judge: (it, stack) => {
    const own = podLabelsOf(it)[LABEL.name];
    const isOwn = every(
      tolerationsOf(it),
      (toleration) =>
        toleration.text("key") === LABEL.service &&
        (toleration.text("operator") ?? "Equal") === "Equal" &&
        toleration.text("value") === own,
    );
    return isOwn && stack.tenant === undefined
      ? undefined
      : `"${it.name}" must tolerate no taint but that of its own service's nodes.`;
  },
});

function tolerationsOf(it: ResourceView) {
  return it.list(`${podPathOf(it)}.tolerations`);
}
