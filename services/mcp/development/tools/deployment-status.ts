import * as z from "zod";
import { defineTool } from "../../../libraries/mcp-host/definition/definition.ts";
import { DeploymentStatus } from "../sources/deployments.ts";
import type { DevelopmentCall } from "../services.ts";

/** Tells what runs for the tenant. */
export const deploymentStatus = defineTool({
  name: "deployment-status",
  title: "Show what is deployed",
  description:
    "Tells the state of the tenant's gateways with their targets, and of its MCP servers with the image that each runs " +
    "and the version that its endpoint serves.",
  scope: "mcp:read",
  permission: "read:deployments",
  classification: "internal",
  awsCalls: [
    "bedrock-agentcore:GetGateway",
    "bedrock-agentcore:ListGatewayTargets",
    "bedrock-agentcore:GetAgentRuntime",
    "bedrock-agentcore:GetAgentRuntimeEndpoint",
  ],
  input: z.object({}),
  output: DeploymentStatus,
  run: (_args, { context, services, signal }: DevelopmentCall) => services.deployments.status(context.tenantId, signal),
});
