import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { MCP_REQUEST_HEADERS, MCP_RESPONSE_HEADERS } from "../../contracts/headers.ts";
import type { Runtime } from "../compute/runtime.ts";
import type { Gateway } from "./gateway.ts";

/** Which MCP server is offered through which gateway, and under what name. */
export interface McpTargetArgs {
  readonly gateway: Gateway;
  readonly runtime: Runtime;
  /** Prefix of the tools' names, as callers see them. */
  readonly targetName: string;
  /** Of the servers that offer the same resource, the one with the lowest number is read. */
  readonly resourcePriority: number;
}

/** Offers an MCP server through a gateway. The gateway signs as itself: no caller's token goes further, and no header but what the interceptor writes. */
export function mcpTarget(
  name: string,
  { gateway, runtime, targetName, resourcePriority }: McpTargetArgs,
  opts: pulumi.CustomResourceOptions,
): aws.bedrock.AgentcoreGatewayTarget {
  const mayInvoke = runtime.grantInvoke(name, gateway.role);
  return new aws.bedrock.AgentcoreGatewayTarget(
    name,
    {
      name: targetName,
      gatewayIdentifier: gateway.id,
      targetConfiguration: { mcp: { mcpServer: { endpoint: runtime.invocationUrl, resourcePriority } } },
      metadataConfiguration: {
        allowedRequestHeaders: [...MCP_REQUEST_HEADERS],
        allowedResponseHeaders: [...MCP_RESPONSE_HEADERS],
      },
      credentialProviderConfiguration: { gatewayIamRole: { service: "bedrock-agentcore" } },
    },
    { ...opts, dependsOn: [mayInvoke, ...runtime.ready] },
  );
}
