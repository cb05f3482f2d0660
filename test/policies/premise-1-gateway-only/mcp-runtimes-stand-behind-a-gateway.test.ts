import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { KIND, TAG } from "../../../contracts/tags.ts";
import { mcpRuntimesStandBehindAGateway } from "../../../policies/premise-1-gateway-only/mcp-runtimes-stand-behind-a-gateway.ts";
import { testRule } from "../../support/rule-tester.ts";
import { endpointOf, gatewayOf, planOf, runtimeOf, served } from "../programs.ts";

/** Offers what is at the URL, through a gateway of the stack. */
function offer(endpoint: pulumi.Input<string>, opts: pulumi.CustomResourceOptions): void {
  const gatewayIdentifier = gatewayOf("mcp", opts).gatewayId;
  const targetConfiguration = { mcp: { mcpServer: { endpoint } } };
  new aws.bedrock.AgentcoreGatewayTarget("database", { gatewayIdentifier, targetConfiguration }, opts);
}

/** Where AgentCore serves a runtime. */
function urlOf(arn: pulumi.Input<string>, host = "bedrock-agentcore.eu-west-1.amazonaws.com"): pulumi.Output<string> {
  return pulumi
    .output(arn)
    .apply((it) => `https://${host}/runtimes/${encodeURIComponent(it)}/invocations?qualifier=production`);
}

const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";
const ARN = "arn:aws:bedrock-agentcore:eu-west-1:111122223333:runtime/database-0123456789";
const URL = `https://bedrock-agentcore.eu-west-1.amazonaws.com/runtimes/${encodeURIComponent(ARN)}/invocations?qualifier=production`;
const MESSAGE = '"database" must be the target of a gateway.';

testRule(mcpRuntimesStandBehindAGateway, {
  accepts: {
    "a target at the URL of its endpoint": () => {
      const opts = served();
      const runtime = runtimeOf("database", opts);
      endpointOf("live", runtime, opts);
      offer(urlOf(runtime.agentRuntimeArn), opts);
    },
  },
  rejects: {
    "a runtime without a target": [() => void runtimeOf("database", served()), MESSAGE],
    "a runtime beside a gateway with another target": [
      () => {
        const opts = served();
        runtimeOf("database", opts);
        offer("https://example.com/mcp", opts);
      },
      MESSAGE,
    ],
    "a target of which only the name is the runtime's": [
      () => {
        const opts = served();
        offer(urlOf(runtimeOf("database", opts).agentRuntimeArn, "example.com"), opts);
      },
      MESSAGE,
    ],
    "a target of another gateway": [
      planOf(
        { type: RUNTIME, name: "database", inputs: {}, outputs: { agentRuntimeArn: ARN } },
        {
          type: "aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget",
          name: "database",
          inputs: {
            gatewayIdentifier: "other-0123456789",
            targetConfiguration: { mcp: { mcpServer: { endpoint: URL } } },
          },
        },
      ),
      MESSAGE,
    ],
    "a server of MCP that calls itself an agent": [
      () => {
        const protocolConfiguration = { serverProtocol: "MCP" };
        runtimeOf("database", served(), { tags: { [TAG.kind]: KIND.agent }, protocolConfiguration });
      },
      MESSAGE,
    ],
  },
  ignores: {
    "an agent's runtime": () => {
      const protocolConfiguration = { serverProtocol: "A2A" };
      runtimeOf("coordinator", served(), { tags: { [TAG.kind]: KIND.agent }, protocolConfiguration });
    },
  },
});
