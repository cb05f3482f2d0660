import type { Descriptions } from "../description.ts";
import { NAME, TEXT, WAITING } from "../reasons.ts";

const JWT = "authorizerConfiguration.customJwtAuthorizer";

/** Amazon Bedrock AgentCore: gateways, their targets and policies, and runtimes. */
export const BEDROCK: Descriptions = {
  "aws:bedrock/inferenceProfile:InferenceProfile": {
    read: ["modelSource.copyFrom", "region", "tags"],
    inert: { description: TEXT, name: NAME },
  },
  "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime": {
    read: [
      "agentRuntimeArtifact.containerConfiguration.containerUri",
      "agentRuntimeName",
      "environmentVariables",
      "networkConfiguration.networkMode",
      "networkConfiguration.networkModeConfig.securityGroups",
      "networkConfiguration.networkModeConfig.subnets",
      "protocolConfiguration.serverProtocol",
      "region",
      "requestHeaderConfiguration.requestHeaderAllowlists",
      "roleArn",
      "tags",
    ],
    inert: {
      description: TEXT,
      lifecycleConfigurations:
        "How long an idle session is kept; sessions are apart from each other, however long they live.",
      timeouts: WAITING,
    },
    needs: ["protocolConfiguration.serverProtocol"],
  },
  "aws:bedrock/agentcoreAgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint": {
    read: ["agentRuntimeId", "agentRuntimeVersion", "name", "region", "tags"],
    inert: { description: TEXT, timeouts: WAITING },
  },
  "aws:bedrock/agentcoreGateway:AgentcoreGateway": {
    read: [
      `${JWT}.allowedAudiences`,
      `${JWT}.allowedClients`,
      `${JWT}.allowedScopes`,
      `${JWT}.customClaims`,
      `${JWT}.discoveryUrl`,
      "authorizerType",
      "interceptorConfigurations.inputConfiguration.passRequestHeaders",
      "interceptorConfigurations.interceptionPoints",
      "interceptorConfigurations.interceptor.lambda.arn",
      "kmsKeyArn",
      "name",
      "policyEngineConfiguration",
      "protocolConfiguration.mcp.supportedVersions",
      "region",
      "roleArn",
      "tags",
    ],
    inert: {
      description: TEXT,
      "protocolConfiguration.mcp.searchType": "How tools are found; what a caller may call is decided by policies.",
      timeouts: WAITING,
    },
    accepts: { protocolType: ["MCP"] },
    needs: [`${JWT}.allowedScopes`],
  },
  "aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget": {
    read: [
      "credentialProviderConfiguration.gatewayIamRole.service",
      "credentialProviderConfiguration.jwtPassthrough",
      "gatewayIdentifier",
      "metadataConfiguration.allowedQueryParameters",
      "metadataConfiguration.allowedRequestHeaders",
      "metadataConfiguration.allowedResponseHeaders",
      "region",
      "targetConfiguration.mcp.mcpServer.endpoint",
      "targetConfiguration.mcp.mcpServer.resourcePriority",
    ],
    inert: {
      description: TEXT,
      name: NAME,
      timeouts: WAITING,
    },
    needs: ["metadataConfiguration.allowedResponseHeaders"],
  },
  "aws:bedrock/agentcorePolicy:AgentcorePolicy": {
    read: ["definition.cedar.statement", "policyEngineId", "region"],
    inert: { description: TEXT, name: NAME, timeouts: WAITING },
    accepts: { validationMode: ["FAIL_ON_ANY_FINDINGS"] },
  },
  "aws:bedrock/agentcorePolicyEngine:AgentcorePolicyEngine": {
    read: ["encryptionKeyArn", "name", "region", "tags"],
    inert: { description: TEXT, timeouts: WAITING },
  },
  "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy": { read: ["policy", "region", "resourceArn"] },
};
