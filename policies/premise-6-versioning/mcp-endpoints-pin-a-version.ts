import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { type Fault, rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent } from "../engine/three-values.ts";
import { isMcpRuntime } from "../facts/workloads.ts";

const VERSION = "agentRuntimeVersion";

export const mcpEndpointsPinAVersion = rule({
  premise: 6,
  id: "mcp-endpoints-pin-a-version",
  severity: "high",
  description: "An endpoint serves a version that was chosen, not the one that was built last.",
  remediation:
    "Add an AgentcoreAgentRuntimeEndpoint for the runtime and set its `agentRuntimeVersion` as the release data has it.",
  frameworks: [CONTROL.soc2Change, CONTROL.isoChange, CONTROL.pciChange],
  subjects: { types: [TYPE.runtime, TYPE.endpoint], where: (it) => it.type === TYPE.endpoint || isMcpRuntime(it) },
  judge: (it, stack) => {
    if (it.type === TYPE.endpoint) return pins(it, stack);
    const endpoints = stack.referrers(it, TYPE.endpoint, "agentRuntimeId");
    return endpoints.length > 0 ? undefined : absent(`"${it.name}" must have an endpoint that pins its version.`);
  },
});

/** What a runtime answers is its newest version, so an endpoint that reads it there follows every build. */
function pins(endpoint: ResourceView, stack: StackIndex): Fault {
  if (!endpoint.has(VERSION)) return `"${endpoint.name}" must name the version that it serves.`;
  if (stack.linked(endpoint, VERSION).length > 0)
    return `"${endpoint.name}" must serve a version that was chosen, not the one that was built last.`;
  return /^[1-9]\d*$/.test(String(endpoint.at(VERSION)))
    ? undefined
    : `"${endpoint.name}" must name its version by the number that AgentCore gave it.`;
}
