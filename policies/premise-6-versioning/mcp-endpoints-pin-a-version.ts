import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import { absent } from "../engine/three-values.ts";
import { isMcpRuntime } from "../facts/workloads.ts";

export const mcpEndpointsPinAVersion = rule({
  premise: 6,
  id: "mcp-endpoints-pin-a-version",
  severity: "high",
  description: "An endpoint serves a version that was chosen, not the one that was built last.",
  remediation: "Add an AgentcoreAgentRuntimeEndpoint for the runtime and set its `agentRuntimeVersion`.",
  frameworks: [CONTROL.soc2Change, CONTROL.isoChange, CONTROL.pciChange],
  subjects: { types: [TYPE.runtime, TYPE.endpoint], where: (it) => it.type === TYPE.endpoint || isMcpRuntime(it) },
  judge: (it, stack) => {
    if (it.type === TYPE.endpoint) {
      // A version that the runtime will only have once it exists pins the endpoint as well.
      return it.has("agentRuntimeVersion") ? undefined : `"${it.name}" must name the version that it serves.`;
    }
    const endpoints = stack.referrers(it, TYPE.endpoint, "agentRuntimeId");
    return endpoints.length > 0 ? undefined : absent(`"${it.name}" must have an endpoint that pins its version.`);
  },
});
