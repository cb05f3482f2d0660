import { CONTROL } from "../engine/frameworks.ts";
import { parseArn } from "../facts/arn.ts";
import { byOutput, namersOf, type Naming, referenceOf, refersTo } from "../facts/reference.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, some } from "../engine/three-values.ts";
import { mcpRuntimes } from "../facts/workloads.ts";

/** Targets name a runtime by the URL at which AgentCore serves it, in whose path its ARN is encoded. */
const TARGETS: Naming = {
  types: [TYPE.gatewayTarget],
  input: "targetConfiguration",
  path: "targetConfiguration.mcp.mcpServer.endpoint",
  nameIn: (url) => {
    const [, region, path = ""] = INVOCATION.exec(url) ?? [];
    const arn = path.replaceAll("%3A", ":").replaceAll("%2F", "/");
    return parseArn(arn)?.region === region ? arn : undefined;
  },
};

const INVOCATION =
  /^https:\/\/bedrock-agentcore\.([a-z0-9-]+)\.amazonaws\.com\/runtimes\/([^/?#]+)\/invocations(?:[?#]|$)/;

export const mcpRuntimesStandBehindAGateway = rule({
  premise: 1,
  id: "mcp-runtimes-stand-behind-a-gateway",
  severity: "high",
  description: "Every MCP runtime is a target of a gateway of its own stack; none serves callers directly.",
  remediation: "Add an AgentcoreGatewayTarget whose endpoint is the runtime's invocation URL.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoNetwork],
  subjects: mcpRuntimes,
  judge: (runtime, stack) =>
    some(namersOf(runtime, TARGETS, ["agentRuntimeArn"], stack), (target) => isOfGateway(target, stack))
      ? undefined
      : absent(`"${runtime.name}" must be the target of a gateway.`),
});

function isOfGateway(target: ResourceView, stack: StackIndex): boolean {
  const named = referenceOf(target, "gatewayIdentifier");
  return refersTo(named, byOutput(TYPE.gateway, "gatewayId", "gatewayArn"), stack);
}
