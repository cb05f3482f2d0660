import { KIND, LABEL } from "../../contracts/tags.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import { every, some } from "../engine/three-values.ts";
import type { Value } from "../engine/value.ts";
import { A2A_PORT } from "../facts/workloads.ts";

export const agentsMeetOnlyOnTheA2aPort = rule({
  premise: 2,
  id: "agents-meet-only-on-the-a2a-port",
  severity: "high",
  description: "Only agents and BFFs of an agent's own namespace may reach it, and only on the A2A port.",
  remediation:
    "Let each ingress rule name the port 9000 (or a2a), and agents or BFFs of the same namespace by the label of their kind.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoSegregation, CONTROL.pciNetwork],
  subjects: { types: [TYPE.networkPolicy], where: (it) => maySelectAgents(it) && it.list("spec.ingress").length > 0 },
  judge: [
    (it) =>
      every(
        it.list("spec.ingress"),
        (ingress) => isNonEmpty(ingress.list("ports")) && every(ingress.list("ports"), isA2a),
      )
        ? undefined
        : `"${it.name}" must admit traffic to agents on the A2A port only.`,
    (it) =>
      every(
        it.list("spec.ingress"),
        (ingress) => isNonEmpty(ingress.list("from")) && !some(ingress.list("from"), isOutside),
      )
        ? undefined
        : `"${it.name}" must admit only agents and BFFs of its own namespace to agents.`,
  ],
});

/** Whether a policy may apply to agents: unless its selector names another kind of workload. */
function maySelectAgents(it: ResourceView): boolean {
  const kind = it.text("spec.podSelector.matchLabels", LABEL.kind);
  return kind === undefined || kind === KIND.agent;
}

function isA2a(port: Value): boolean {
  const single = port.at("endPort") === undefined && (port.text("protocol") ?? "TCP") === "TCP";
  return single && (port.text("port") === A2A_PORT.name || port.number("port") === A2A_PORT.number);
}

function isOutside(peer: Value): boolean {
  if (peer.has("ipBlock") || peer.has("namespaceSelector")) return true;
  const kind = peer.text("podSelector.matchLabels", LABEL.kind);
  return kind !== KIND.agent && kind !== KIND.bff;
}

function isNonEmpty(list: readonly Value[]): boolean {
  return list.length > 0;
}
