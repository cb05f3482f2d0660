import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { mcpRuntimesStandBehindAGateway } from "../../../policies/premise-1-gateway-only/mcp-runtimes-stand-behind-a-gateway.ts";
import { testRule } from "../../support/rule-tester.ts";
import { endpointOf, gatewayOf, runtimeOf, served } from "../programs.ts";

function offer(endpoint: pulumi.Input<string>, opts: pulumi.CustomResourceOptions): void {
  const { gatewayId } = gatewayOf("mcp", opts);
  const targetConfiguration = { mcp: { mcpServer: { endpoint } } };
  new aws.bedrock.AgentcoreGatewayTarget("database", { gatewayIdentifier: gatewayId, targetConfiguration }, opts);
}

testRule(mcpRuntimesStandBehindAGateway, {
  accepts: {
    "a target at the runtime's own URL": () => {
      const opts = served();
      offer(pulumi.interpolate`https://example.com/${runtimeOf("database", opts).agentRuntimeArn}`, opts);
    },
    "a target at the URL of its endpoint": () => {
      const opts = served();
      const endpoint = endpointOf("live", runtimeOf("database", opts), opts);
      offer(pulumi.interpolate`https://example.com/${endpoint.agentRuntimeEndpointArn}`, opts);
    },
  },
  rejects: {
    "a runtime without a target": [
      () => void runtimeOf("database", served()),
      '"database" must be the target of a gateway.',
    ],
    "a runtime beside a gateway with another target": [
      () => {
        const opts = served();
        runtimeOf("database", opts);
        offer("https://example.com/mcp", opts);
      },
      '"database" must be the target of a gateway.',
    ],
  },
});
