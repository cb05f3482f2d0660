import { CONTROL } from "../engine/frameworks.ts";
import { isOutput, type Match, outputsOf, referenceOf, refersTo } from "../facts/reference.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, some } from "../engine/three-values.ts";
import { mcpRuntimes } from "../facts/workloads.ts";

export const mcpRuntimesStandBehindAGateway = rule({
  premise: 1,
  id: "mcp-runtimes-stand-behind-a-gateway",
  severity: "high",
  description: "Every MCP runtime is a target of a gateway of its own stack; none serves callers directly.",
  remediation: "Add an AgentcoreGatewayTarget whose endpoint is the runtime's invocation URL.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoNetwork],
  subjects: mcpRuntimes,
  judge: (runtime, stack) =>
    some(stack.ofType(TYPE.gatewayTarget), (target) => offers(target, runtime, stack) && isOfGateway(target, stack))
      ? undefined
      : absent(`"${runtime.name}" must be the target of a gateway.`),
});

/** Whether a target is where AgentCore serves the runtime: its ARN, encoded, is a part of the URL's path. */
function offers(target: ResourceView, runtime: ResourceView, stack: StackIndex): boolean {
  const read = (): string | undefined => target.text("targetConfiguration.mcp.mcpServer.endpoint");
  const named = { of: target, input: "targetConfiguration", read };
  return refersTo(named, [runtime], isInvocationUrl, stack);
}

const isInvocationUrl: Match = (url, runtime) => {
  const { arn, region } = { arn: outputsOf(runtime).text("agentRuntimeArn") ?? "", region: runtime.region ?? "" };
  const path = `/runtimes/${encodeURIComponent(arn)}/invocations`;
  const [beforeQuery] = url.split("?");
  return beforeQuery === `https://bedrock-agentcore.${region}.amazonaws.com${path}`;
};

function isOfGateway(target: ResourceView, stack: StackIndex): boolean {
  const named = referenceOf(target, "gatewayIdentifier");
  return refersTo(named, stack.ofType(TYPE.gateway), isOutput("gatewayId", "gatewayArn"), stack);
}
