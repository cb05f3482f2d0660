import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import { absent } from "../engine/three-values.ts";
import { mcpRuntimes } from "../facts/workloads.ts";

export const mcpRuntimesStandBehindAGateway = rule({
  premise: 1,
  id: "mcp-runtimes-stand-behind-a-gateway",
  severity: "high",
  description: "Every MCP runtime is a target of a gateway of its own stack; none serves callers directly.",
  remediation: "Add an AgentcoreGatewayTarget whose endpoint is the runtime's invocation URL.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoNetwork],
  subjects: mcpRuntimes,
  judge: (runtime, stack) => {
    const fronted = [runtime, ...stack.referrers(runtime, TYPE.endpoint, "agentRuntimeId")];
    const targets = fronted.flatMap((it) => stack.referrers(it, TYPE.gatewayTarget, "targetConfiguration"));
    const isOffered = targets.some((target) =>
      stack.linked(target, "gatewayIdentifier").some(({ type }) => type === TYPE.gateway),
    );
    return isOffered ? undefined : absent(`"${runtime.name}" must be the target of a gateway.`);
  },
});
