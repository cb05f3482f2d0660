/** An agent runtime as the platform asks for it: every nested object is there. */
export function runtime(): Record<string, unknown> {
  return {
    agentRuntimeName: "acme_database_v2",
    agentRuntimeArtifact: {
      containerConfiguration: {
        containerUri: "111111111111.dkr.ecr.eu-west-1.amazonaws.com/alicerce/mcp-database@sha256:0a",
      },
    },
    roleArn: "arn:aws:iam::111111111111:role/alicerce/runtime",
    networkConfiguration: {
      networkMode: "VPC",
      networkModeConfig: {
        subnets: ["subnet-0a1b2c3d4e5f60718", "subnet-1a1b2c3d4e5f60718"],
        securityGroups: ["sg-0a1b2c3d4e5f60718"],
      },
    },
    protocolConfiguration: { serverProtocol: "MCP" },
    lifecycleConfigurations: [{ idleRuntimeSessionTimeout: 900, maxLifetime: 28_800 }],
    environmentVariables: { OTEL_SERVICE_NAME: "mcp-database", AGENT_OBSERVABILITY_ENABLED: "true" },
    requestHeaderConfiguration: { requestHeaderAllowlists: ["X-Tenant-ID"] },
    region: "eu-west-1",
    tags: { "alicerce:kind": "mcp-server" },
  };
}

/** A gateway with an authorizer, an interceptor and a policy engine. */
export function gateway(): Record<string, unknown> {
  return {
    name: "acme-b2b",
    authorizerType: "CUSTOM_JWT",
    authorizerConfiguration: {
      customJwtAuthorizer: {
        discoveryUrl: "https://identity.example/realms/acme/.well-known/openid-configuration",
        allowedClients: ["a"],
        allowedScopes: ["production.eu-west-1.acme.b2b/mcp.read"],
        customClaims: [
          {
            inboundTokenClaimName: "tenant_id",
            inboundTokenClaimValueType: "STRING",
            authorizingClaimMatchValue: {
              claimMatchOperator: "EQUALS",
              claimMatchValue: { matchValueString: "acme" },
            },
          },
        ],
      },
    },
    protocolType: "MCP",
    protocolConfiguration: { mcp: { searchType: "SEMANTIC", supportedVersions: ["2026-07-28", "2025-11-25"] } },
    interceptorConfigurations: [
      {
        interceptionPoints: ["REQUEST"],
        interceptor: { lambda: { arn: "arn:aws:lambda:eu-west-1:111111111111:function:interceptor" } },
        inputConfiguration: { passRequestHeaders: true },
      },
    ],
    policyEngineConfiguration: {
      arn: "arn:aws:bedrock-agentcore:eu-west-1:111111111111:policy-engine/acme-0a1b2c3d4e",
      mode: "ENFORCE",
    },
    kmsKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f",
    roleArn: "arn:aws:iam::111111111111:role/alicerce/gateway",
    tags: { "alicerce:scenario": "b2b" },
  };
}

/** A gateway target that leads to an MCP server on a runtime. */
export function target(): Record<string, unknown> {
  return {
    name: "database",
    gatewayIdentifier: "acme-b2b-0a1b2c3d4e",
    targetConfiguration: {
      mcp: { mcpServer: { endpoint: "https://bedrock-agentcore.eu-west-1.amazonaws.com/runtimes/r/invocations" } },
    },
    credentialProviderConfiguration: { gatewayIamRole: { service: "bedrock-agentcore" } },
  };
}
