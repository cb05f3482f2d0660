import { CONTROL } from "../engine/frameworks.ts";
import { isPrivateRange } from "../facts/network/ip-range.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import { every } from "../engine/three-values.ts";
import type { Value } from "../engine/value.ts";

export const podsAdmitNamedPeersOnly = rule({
  premise: 3,
  id: "pods-admit-named-peers-only",
  severity: "critical",
  description: "Whatever pods a network policy is for, it admits named pods or private addresses, on named ports.",
  remediation: "Give each ingress rule `ports` and `from`, with labels of namespaces and no public addresses.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoNetwork, CONTROL.pciNetwork],
  subjects: { types: [TYPE.networkPolicy] },
  judge: [
    (it) =>
      every(it.list("spec.ingress"), (ingress) => isNonEmpty(ingress, "from") && every(ingress.list("from"), isNamed))
        ? undefined
        : `"${it.name}" must name the peers that it admits: pods, or private addresses.`,
    (it) =>
      every(it.list("spec.ingress"), (ingress) => isNonEmpty(ingress, "ports"))
        ? undefined
        : `"${it.name}" must name the ports on which it admits them.`,
  ],
});

function isNonEmpty(ingress: Value, path: string): boolean {
  return ingress.list(path).length > 0;
}

/** Whether a peer is a range of private addresses, pods of the same namespace, or of namespaces that have a label. */
function isNamed(peer: Value): boolean {
  if (peer.has("ipBlock")) return isPrivateRange(peer.text("ipBlock.cidr") ?? "");
  return peer.has("namespaceSelector")
    ? peer.entries("namespaceSelector.matchLabels").length > 0
    : peer.has("podSelector");
}
