import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import { some } from "../engine/three-values.ts";
import type { Value } from "../engine/value.ts";
import { A2A_PORT, containersOf, servingAgents } from "../facts/workloads.ts";

export const agentsSpeakA2a = rule({
  premise: 2,
  id: "agents-speak-a2a",
  severity: "high",
  description:
    "Every agent can be asked by other agents, in A2A, so that capabilities are composed rather than copied.",
  remediation:
    "Set `serverProtocol` to A2A on a runtime; on a Deployment, name a container port a2a, 9000, and let the readiness probe ask it.",
  frameworks: [CONTROL.isoConfiguration],
  subjects: servingAgents,
  judge: (it) =>
    (it.type === TYPE.runtime ? speaksAsRuntime(it) : speaksAsDeployment(it))
      ? undefined
      : `"${it.name}" must serve A2A.`,
});

function speaksAsRuntime(it: ResourceView): boolean {
  return it.text("protocolConfiguration.serverProtocol") === "A2A";
}

function speaksAsDeployment(it: ResourceView): boolean {
  return some(containersOf(it), (container) => some(container.list("ports"), isA2a) && isAskedByA2a(container));
}

function isA2a(port: Value): boolean {
  return port.text("name") === A2A_PORT.name && port.number("containerPort") === A2A_PORT.number;
}

/** Whether a container is only called once something answers on the port: a port that is named is not one that is listened to. */
function isAskedByA2a(container: Value): boolean {
  const path = "readinessProbe.httpGet.port";
  return container.text(path) === A2A_PORT.name || container.number(path) === A2A_PORT.number;
}
