import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Runtime } from "../compute/runtime.ts";
import type { Gateway } from "./gateway.ts";

/** Which MCP server is offered through which gateway, and under what name. */
export interface McpTargetArgs {
  readonly gateway: Gateway;
  readonly runtime: Runtime;
  /** Prefix of the tools' names, as callers see them. */
  readonly targetName: string;
}

/** Offers the tools of one MCP server through a gateway. The gateway signs as itself: no caller's token or header goes further. */
export function mcpTarget(
  name: string,
  { gateway, runtime, targetName }: McpTargetArgs,
  opts: pulumi.CustomResourceOptions,
): aws.bedrock.AgentcoreGatewayTarget {
  const mayInvoke = runtime.grantInvoke(name, gateway.role);
  return new aws.bedrock.AgentcoreGatewayTarget(
    name,
    {
      name: targetName,
      gatewayIdentifier: gateway.id,
      targetConfiguration: { mcp: { mcpServer: { endpoint: runtime.invocationUrl } } },
      credentialProviderConfiguration: { gatewayIamRole: { service: "bedrock-agentcore" } },
    },
    { ...opts, dependsOn: [mayInvoke, ...runtime.ready] },
  );
}
