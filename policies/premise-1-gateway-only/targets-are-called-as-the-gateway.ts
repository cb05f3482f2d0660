import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";

export const targetsAreCalledAsTheGateway = rule({
  premise: 1,
  id: "targets-are-called-as-the-gateway",
  severity: "high",
  description: "A gateway signs its calls of an MCP server with its own role and never passes the caller's token on.",
  remediation:
    "Set `credentialProviderConfiguration.gatewayIamRole.service` to bedrock-agentcore, and no other credential.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAuthentication],
  subjects: { types: [TYPE.gatewayTarget], where: (it) => it.has("targetConfiguration.mcp.mcpServer") },
  judge: [
    (it) =>
      it.text("credentialProviderConfiguration.gatewayIamRole.service") === "bedrock-agentcore"
        ? undefined
        : `"${it.name}" must be called with the gateway's role, for the service bedrock-agentcore.`,
    (it) =>
      it.has("credentialProviderConfiguration.jwtPassthrough")
        ? `"${it.name}" must not be given the caller's token.`
        : undefined,
  ],
});
