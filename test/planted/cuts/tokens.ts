import { type Planted, STACKS } from "../environment.ts";

const { xyz } = STACKS;

/** Breaks on the way of a token and of a call: scopes, claims, audiences, targets and policies that do not fit each other. */
export const tokenCuts: readonly Planted[] = [
  {
    name: "an audience that no token has",
    story: "The gateway asks for an audience with a slash at its end.",
    change: (it) =>
      it.edit(xyz, "AgentcoreGateway", "gateway-internal", (all) => {
        all["authorizerConfiguration"].customJwtAuthorizer.allowedAudiences = [
          "https://xyz-gmbh.internal.eu-west-1.agents.example.com/mcp/",
        ];
      }),
  },
  {
    name: "a scope that no token has",
    story: "The gateway asks for mcp.read of another resource server.",
    change: (it) =>
      it.edit(xyz, "AgentcoreGateway", "gateway-b2b", (all) => {
        all["authorizerConfiguration"].customJwtAuthorizer.allowedScopes = [
          "production.eu-west-1.xyz-gmbh.partner/mcp.read",
        ];
      }),
  },
  {
    name: "a client without scopes",
    story: "The agent's client may ask for no scope of the gateway.",
    change: (it) =>
      it.edit(xyz, "UserPoolClient", "agent-coordinator", (all) => {
        all["allowedOauthScopes"] = ["openid"];
      }),
  },
  {
    name: "a client of another flow",
    story: "The agent's client has the code flow only, the token function asks by client credentials.",
    change: (it) =>
      it.edit(xyz, "UserPoolClient", "agent-coordinator", (all) => {
        all["allowedOauthFlows"] = ["code"];
        all["callbackUrls"] = ["https://example.com/callback"];
      }),
  },
  {
    name: "a client without a secret",
    story: "Client credentials need one.",
    change: (it) =>
      it.edit(xyz, "UserPoolClient", "agent-coordinator", (all) => {
        all["generateSecret"] = false;
      }),
  },
  {
    name: "a resource server without the scope",
    story: "mcp.write was removed from the resource server; the clients still ask for it.",
    reaches: ["agent-coordinator"],
    change: (it) =>
      it.edit(xyz, "ResourceServer", "b2b", (all) => {
        all["scopes"].pop();
      }),
  },
  {
    name: "a pool without a domain",
    story: "The token endpoint is gone.",
    change: (it) => it.remove(xyz, "UserPoolDomain", "pool"),
  },
  {
    name: "a realm without the tenant's claim",
    story: "The mapper of tenant_id was removed; the gateway asks for the claim.",
    reaches: ["realm"],
    change: (it) => it.remove(xyz, "HardcodedClaimProtocolMapper", "realm-mcp:read"),
  },
  {
    name: "a realm without the audience",
    story: "The mapper of the audience was removed.",
    reaches: ["realm"],
    change: (it) => it.remove(xyz, "AudienceProtocolMapper", "realm-mcp:read"),
  },
  {
    name: "a realm that does not offer the scopes",
    story: "Registered clients cannot ask for mcp:read.",
    reaches: ["realm"],
    change: (it) =>
      it.edit(xyz, "RealmOptionalClientScopes", "realm", (all) => {
        all["optionalScopes"] = ["offline_access"];
      }),
  },
  {
    name: "a pool without its trigger",
    story: "Tokens have no tenant_id.",
    change: (it) =>
      it.edit(xyz, "UserPool", "pool", (all) => {
        delete all["lambdaConfig"];
      }),
  },
  {
    name: "a trigger of another version",
    story: "V2_0 of the trigger is not called for client credentials.",
    change: (it) =>
      it.edit(xyz, "UserPool", "pool", (all) => {
        all["lambdaConfig"].preTokenGenerationConfig.lambdaVersion = "V2_0";
      }),
  },
  {
    name: "a pool of the wrong tier",
    story: "LITE has no trigger of version 3.",
    change: (it) =>
      it.edit(xyz, "UserPool", "pool", (all) => {
        all["userPoolTier"] = "LITE";
      }),
  },
  {
    name: "a gateway that asks an issuer that is not there",
    story: "The discovery address names a realm that was renamed.",
    change: (it) => it.replaceText([xyz, "AgentcoreGateway", "gateway-internal"], "/realms/xyz-gmbh/", "/realms/xyz/"),
  },
  {
    name: "a gateway that does not know its client",
    story: "The coordinator's client is missing in allowedClients.",
    change: (it) =>
      it.edit(xyz, "AgentcoreGateway", "gateway-b2b", (all) => {
        const id = it.output(xyz, "UserPoolClient", "agent-coordinator", "id");
        const jwt = all["authorizerConfiguration"].customJwtAuthorizer;
        jwt.allowedClients = jwt.allowedClients.filter((one: string) => one !== id);
      }),
  },
  {
    name: "an interceptor that does not know its client",
    story: "CLIENTS of the interceptor lacks the coordinator's client.",
    change: (it) => {
      const id = it.output(xyz, "UserPoolClient", "agent-coordinator", "id");
      it.replaceText([xyz, "Function", "interceptor-b2b"], `${id} `, "");
    },
  },
  {
    name: "an interceptor that reads another issuer",
    story: "ISSUER of the interceptor is a pool of an earlier deployment.",
    change: (it) =>
      it.edit(xyz, "Function", "interceptor-b2b", (all) => {
        all["environment"].variables.ISSUER = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_000000000";
      }),
  },
  {
    name: "an interceptor with a table that is not there",
    story: "TENANT_TABLE names a table of an earlier deployment.",
    change: (it) =>
      it.edit(xyz, "Function", "interceptor-b2b", (all) => {
        all["environment"].variables.TENANT_TABLE = "table-0000000";
      }),
  },
  {
    name: "a directory without the tenant",
    story: "The tenant's entry in the table was removed; the interceptor knows nobody.",
    reaches: ["interceptor-b2b"],
    change: (it) => it.remove(xyz, "TableItem", "table"),
  },
  {
    name: "a server that expects another issuer of contexts",
    story: "CONTEXT_ISSUER of a server differs from the interceptor's.",
    change: (it) =>
      it.edit(xyz, "AgentcoreAgentRuntime", "mcp-files-v1", (all) => {
        all["environmentVariables"].CONTEXT_ISSUER = "urn:alicerce:interceptor:production.eu-west-1.xyz";
      }),
  },
  {
    name: "a server that does not get the context",
    story: "X-User-Context is missing in the allowed headers of the runtime.",
    change: (it) =>
      it.edit(xyz, "AgentcoreAgentRuntime", "mcp-files-v1", (all) => {
        const headers = all["requestHeaderConfiguration"];
        headers.requestHeaderAllowlists = headers.requestHeaderAllowlists.filter(
          (one: string) => one !== "X-User-Context",
        );
      }),
  },
  {
    name: "a target that does not pass the context",
    story: "X-User-Context is missing in the headers that the target passes.",
    change: (it) =>
      it.edit(xyz, "AgentcoreGatewayTarget", "b2b-files", (all) => {
        const headers = all["metadataConfiguration"];
        headers.allowedRequestHeaders = headers.allowedRequestHeaders.filter((one: string) => one !== "X-User-Context");
      }),
  },
  {
    name: "a target at an endpoint that is not there",
    story: "The qualifier is prod, the endpoint is called production.",
    change: (it) =>
      it.replaceText([xyz, "AgentcoreGatewayTarget", "b2b-files"], "qualifier=production", "qualifier=prod"),
  },
  {
    name: "a target in another region",
    story: "The address of the target is that of eu-central-1.",
    change: (it) =>
      it.replaceText(
        [xyz, "AgentcoreGatewayTarget", "b2b-files"],
        "https://bedrock-agentcore.eu-west-1.amazonaws.com",
        "https://bedrock-agentcore.eu-central-1.amazonaws.com",
      ),
  },
  {
    name: "a target of another name",
    story: "The target was renamed; the policies permit the tools of the old name.",
    change: (it) =>
      it.edit(xyz, "AgentcoreGatewayTarget", "b2b-files", (all) => {
        all["name"] = "documents";
      }),
  },
  {
    name: "a server without a target",
    story: "The files server is in no gateway.",
    change: (it) => it.remove(xyz, "AgentcoreGatewayTarget", "b2b-files"),
  },
  {
    name: "tools that nothing permits",
    story: "The policy that permits reading tools was removed; Cedar denies by default.",
    change: (it) => it.remove(xyz, "AgentcorePolicy", "b2b-mcp-read-1"),
  },
  {
    name: "a tool that is spelt otherwise",
    story: "The permit names files___list_files, the server offers list-files.",
    change: (it) =>
      it.replaceText([xyz, "AgentcorePolicy", "b2b-mcp-read-1"], "files___list-files", "files___list_files"),
  },
  {
    name: "a permit for another gateway",
    story: "The permit's resource is the gateway for developers.",
    change: (it) =>
      it.replaceText(
        [xyz, "AgentcorePolicy", "b2b-mcp-read-1"],
        String(it.find(xyz, "AgentcoreGateway", "gateway-b2b").outputs?.["gatewayArn"]),
        String(it.find(xyz, "AgentcoreGateway", "gateway-internal").outputs?.["gatewayArn"]),
      ),
  },
  {
    name: "an engine that nobody asks",
    story: "The permits of b2b are written into the engine of the gateway for developers.",
    change: (it) =>
      it.edit(xyz, "AgentcorePolicy", "b2b-mcp-read-1", (all) => {
        all["policyEngineId"] = it.find(xyz, "AgentcorePolicy", "internal-mcp-read-1").inputs["policyEngineId"];
      }),
  },
  {
    name: "a protocol that nobody speaks",
    story: "The gateway offers one version only, which the servers' clients do not know.",
    change: (it) =>
      it.edit(xyz, "AgentcoreGateway", "gateway-b2b", (all) => {
        all["protocolConfiguration"].mcp.supportedVersions = ["2025-03-26"];
      }),
  },
  {
    name: "a token function without its secret",
    story: "The rotation that writes the client secret was removed.",
    reaches: ["agent-coordinator-token"],
    change: (it) => it.remove(xyz, "SecretRotation", "secret-rotation-agent-coordinator"),
  },
  {
    name: "a token function of another client",
    story: "CLIENT_ID is that of another agent, the secret is the coordinator's.",
    change: (it) =>
      it.edit(xyz, "Function", "agent-coordinator-token", (all) => {
        all["environment"].variables.CLIENT_ID = it.output(xyz, "UserPoolClient", "agent-data-transformer", "id");
      }),
  },
  {
    name: "a token endpoint of another name",
    story: "TOKEN_URL names a domain of Cognito that is not the pool's.",
    change: (it) =>
      it.replaceText(
        [xyz, "Function", "agent-coordinator-token"],
        "alicerce-production-xyz-gmbh-111122223333",
        "xyz-gmbh",
      ),
  },
  {
    name: "a permission for another pool",
    story: "The source of the trigger's permission is a pool of an earlier deployment.",
    reaches: ["pool"],
    change: (it) =>
      it.edit(xyz, "Permission", "pool", (all) => {
        all["sourceArn"] = "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_000000000";
      }),
  },
];
