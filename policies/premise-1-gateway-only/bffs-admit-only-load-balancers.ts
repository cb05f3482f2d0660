import { BFF_PORT } from "../../contracts/ports.ts";
import { KIND, LABEL } from "../../contracts/tags.ts";
import { CONTROL } from "../engine/frameworks.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { every } from "../engine/three-values.ts";
import type { Value } from "../engine/value.ts";
import { contains } from "../../contracts/network/address-range.ts";
import { TYPE } from "../facts/resource-types.ts";

/** A subnet of load balancers has 1,024 addresses; a wider range would hold those of pods as well. */
const LEAST_BITS = 22;

export const bffsAdmitOnlyLoadBalancers = rule({
  premise: 1,
  id: "bffs-admit-only-load-balancers",
  severity: "critical",
  description: "Load balancers of the region reach a BFF, on its one port; no pod does, of whichever tenant.",
  remediation: `Let each ingress rule for BFFs name the port ${BFF_PORT}, and as peers the ranges of the public subnets alone.`,
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoSegregation, CONTROL.pciNetwork],
  subjects: {
    types: [TYPE.networkPolicy],
    where: (it, stack) => stack.tenant !== undefined && maySelectBffs(it) && it.list("spec.ingress").length > 0,
  },
  judge: [
    (it) =>
      every(
        it.list("spec.ingress"),
        (ingress) => ingress.list("ports").length > 0 && every(ingress.list("ports"), isBffPort),
      )
        ? undefined
        : `"${it.name}" must admit traffic to BFFs on the port ${BFF_PORT} only.`,
    (it, stack) =>
      every(
        it.list("spec.ingress"),
        (ingress) => ingress.list("from").length > 0 && every(ingress.list("from"), (peer) => isBalancers(peer, stack)),
      )
        ? undefined
        : `"${it.name}" must admit only the subnets of load balancers to BFFs.`,
  ],
});

/** Whether a policy may apply to BFFs: unless its selector names another kind of workload. */
function maySelectBffs(it: ResourceView): boolean {
  const kind = it.text("spec.podSelector.matchLabels", LABEL.kind);
  return kind === undefined || kind === KIND.bff;
}

function isBffPort(port: Value): boolean {
  const single = port.at("endPort") === undefined && (port.text("protocol") ?? "TCP") === "TCP";
  return single && port.number("port") === BFF_PORT;
}

/** Whether a peer is a range of the region's network that is no wider than a subnet of load balancers. */
function isBalancers(peer: Value, { address }: StackIndex): boolean {
  if (address.layer === "environment" || peer.has("podSelector") || peer.has("namespaceSelector")) return false;
  const range = peer.text("ipBlock.cidr") ?? "";
  return contains(address.settings.cidr, range) && Number(range.split("/")[1] ?? "32") >= LEAST_BITS;
}
