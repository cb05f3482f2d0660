import { type Planted, STACKS } from "../environment.ts";

const { acme, development, region, xyz } = STACKS;
const ACCOUNT = "111122223333";

/** Resources of Amazon Bedrock AgentCore by which a tenant's tools, memories and agents are another one's. */
export const agentLeaks: readonly Planted[] = [
  {
    name: "a target at another tenant's server",
    story: "A target of acme-corp's gateway calls xyz-gmbh's database server, and the gateway's role may.",
    change: (it) => {
      const endpoint = (it.find(xyz, "AgentcoreGatewayTarget", "b2b-database").inputs["targetConfiguration"] as never)[
        "mcp"
      ];
      it.edit(acme, "AgentcoreGatewayTarget", "b2b-database", (all) => {
        all["targetConfiguration"].mcp = endpoint;
      });
      const runtime = String(it.find(xyz, "AgentcoreAgentRuntime", "mcp-database-v3").outputs?.["agentRuntimeArn"]);
      it.grant(acme, "gateway-b2b", "bedrock-agentcore:InvokeAgentRuntime", [runtime, `${runtime}/*`]);
    },
  },
  {
    name: "a server lets another tenant's gateway in",
    story: "The resource policy of xyz-gmbh's server names acme-corp's gateway, too.",
    change: (it) =>
      it.statements([xyz, "AgentcoreResourcePolicy", "mcp-database-v3-runtime"], "policy", (all) => {
        const other = it.arn(acme, "Role", "gateway-b2b");
        const [callers, nobody] = all;
        callers!["Principal"].AWS.push(other);
        nobody!["Condition"].ArnNotEquals["aws:PrincipalArn"].push(other);
        return all;
      }),
  },
  {
    name: "a server that denies nobody",
    story:
      "The denial of every other caller is gone, so every role of the account with a grant calls the server directly.",
    change: (it) =>
      it.statements([xyz, "AgentcoreResourcePolicy", "mcp-database-v3-runtime"], "policy", (all) => all.slice(0, 1)),
  },
  {
    name: "an endpoint without a policy",
    story: "Only the runtime has a resource policy; its endpoint can be called by others.",
    reaches: ["mcp-files-v1"],
    change: (it) => it.remove(xyz, "AgentcoreResourcePolicy", "mcp-files-v1-endpoint"),
  },
  {
    name: "a second endpoint",
    story: "An endpoint named debug, without a policy of its own.",
    change: (it) =>
      it.copy(xyz, xyz, "AgentcoreAgentRuntimeEndpoint", "mcp-database-v3", (all) => {
        all["name"] = "debug";
      }),
  },
  {
    name: "a server that takes tokens itself",
    story: "The runtime of xyz-gmbh's server has a JWT authorizer of acme-corp's realm, past the gateway.",
    change: (it) =>
      it.edit(xyz, "AgentcoreAgentRuntime", "mcp-database-v3", (all) => {
        all["authorizerConfiguration"] = {
          customJwtAuthorizer: {
            discoveryUrl:
              "https://identity.us-east-1.agents.example.com/realms/acme-corp/.well-known/openid-configuration",
            allowedAudiences: ["x"],
          },
        };
      }),
  },
  {
    name: "a target outside",
    story: "A target of xyz-gmbh's gateway is a server of a vendor on the internet.",
    change: (it) =>
      it.copy(xyz, xyz, "AgentcoreGatewayTarget", "b2b-files", (all) => {
        all["name"] = "vendor";
        all["targetConfiguration"].mcp.mcpServer.endpoint = "https://mcp.vendor.example.net/mcp";
      }),
  },
  {
    name: "a target that is another tenant's function",
    story: "A Lambda target of xyz-gmbh's gateway is a function of acme-corp.",
    change: (it) =>
      it.copy(xyz, xyz, "AgentcoreGatewayTarget", "b2b-files", (all) => {
        all["name"] = "function";
        all["targetConfiguration"] = {
          mcp: {
            lambda: { lambdaArn: it.arn(acme, "Function", "interceptor-b2b"), toolSchema: { inlinePayloads: [] } },
          },
        };
      }),
  },
  {
    name: "a target with a stranger's key",
    story: "A target sends calls with an API key, by a credential provider that all gateways share.",
    change: (it) => {
      it.add(region, "aws:bedrock/agentcoreApiKeyCredentialProvider:AgentcoreApiKeyCredentialProvider", "shared", {
        name: "shared",
        apiKey: "k",
      });
      it.copy(xyz, xyz, "AgentcoreGatewayTarget", "b2b-files", (all) => {
        all["name"] = "keyed";
        all["credentialProviderConfiguration"] = {
          apiKey: {
            providerArn: `arn:aws:bedrock-agentcore:eu-west-1:${ACCOUNT}:token-vault/default/apikeycredentialprovider/shared`,
          },
        };
      });
    },
  },
  {
    name: "a memory for all tenants",
    story: "One AgentCore memory of the region in which agents of all tenants write events.",
    change: (it) =>
      it.add(region, "aws:bedrock/agentcoreMemory:AgentcoreMemory", "shared", {
        name: "shared",
        eventExpiryDuration: 90,
      }),
  },
  {
    name: "an agent reads all memories",
    story: "bedrock-agentcore:RetrieveMemoryRecords on every memory of the account.",
    change: (it) =>
      it.grant(
        acme,
        "agent-coordinator",
        ["bedrock-agentcore:RetrieveMemoryRecords", "bedrock-agentcore:ListEvents"],
        `arn:aws:bedrock-agentcore:*:${ACCOUNT}:memory/*`,
      ),
  },
  {
    name: "a browser on the public network",
    story: "An AgentCore browser that records sessions into acme-corp's bucket.",
    change: (it) =>
      it.add(xyz, "aws:bedrock/agentcoreBrowser:AgentcoreBrowser", "web", {
        name: "web",
        networkConfiguration: { networkMode: "PUBLIC" },
        recording: { enabled: true, s3Location: { bucket: it.output(acme, "Bucket", "bucket", "id"), prefix: "r/" } },
      }),
  },
  {
    name: "a code interpreter with a server's role",
    story: "Code that a model wrote runs with the role of the files server, on the public network.",
    change: (it) =>
      it.add(xyz, "aws:bedrock/agentcoreCodeInterpreter:AgentcoreCodeInterpreter", "code", {
        name: "code",
        executionRoleArn: it.arn(xyz, "Role", "mcp-files-v1"),
        networkConfiguration: { networkMode: "PUBLIC" },
      }),
  },
  {
    name: "a workload identity of another tenant",
    story: "acme-corp's agent may take tokens of every workload identity of the account.",
    change: (it) =>
      it.grant(
        acme,
        "agent-coordinator",
        ["bedrock-agentcore:GetWorkloadAccessTokenForUserId", "bedrock-agentcore:GetResourceOauth2Token"],
        "*",
      ),
  },
  {
    name: "an agent calls every gateway",
    story: "bedrock-agentcore:InvokeGateway on all gateways of the account.",
    change: (it) =>
      it.grant(
        xyz,
        "agent-coordinator",
        "bedrock-agentcore:InvokeGateway",
        `arn:aws:bedrock-agentcore:*:${ACCOUNT}:gateway/*`,
      ),
  },
  {
    name: "a gateway calls every server",
    story: "The gateway's role may call all runtimes of the account.",
    change: (it) =>
      it.grant(
        acme,
        "gateway-b2b",
        "bedrock-agentcore:InvokeAgentRuntime",
        `arn:aws:bedrock-agentcore:*:${ACCOUNT}:runtime/*`,
      ),
  },
  {
    name: "a server that says it is another tenant's",
    story: "TENANT_ID of acme-corp's database server is xyz-gmbh.",
    change: (it) =>
      it.edit(acme, "AgentcoreAgentRuntime", "mcp-database-v3", (all) => {
        all["environmentVariables"].TENANT_ID = "xyz-gmbh";
      }),
  },
  {
    name: "a server with another tenant's database",
    story: "DATABASE_HOST of acme-corp's server is xyz-gmbh's cluster.",
    change: (it) =>
      it.edit(acme, "AgentcoreAgentRuntime", "mcp-database-v3", (all) => {
        all["environmentVariables"].DATABASE_HOST = it.output(xyz, "Cluster", "database", "endpoint");
      }),
  },
  {
    name: "a server that runs as another tenant",
    story: "The role of acme-corp's runtime is xyz-gmbh's.",
    change: (it) =>
      it.edit(acme, "AgentcoreAgentRuntime", "mcp-files-v1", (all) => {
        all["roleArn"] = it.arn(xyz, "Role", "mcp-files-v1");
      }),
  },
  {
    name: "an agent on Runtime with another role",
    story: "The coordinator of development runs as the database server, whose role reads the tenant's rows.",
    environment: "development",
    change: (it) =>
      it.edit(development, "AgentcoreAgentRuntime", "agent-coordinator", (all) => {
        all["roleArn"] = it.arn(development, "Role", "mcp-database-v3");
      }),
  },
  {
    name: "an agent on Runtime calls a server directly",
    story: "The server's policy lets the agent's role in, past the gateway and its interceptor.",
    environment: "development",
    change: (it) => {
      const role = it.arn(development, "Role", "agent-coordinator");
      it.statements([development, "AgentcoreResourcePolicy", "mcp-database-v3-runtime"], "policy", (all) => {
        const [callers, nobody] = all;
        callers!["Principal"].AWS.push(role);
        nobody!["Condition"].ArnNotEquals["aws:PrincipalArn"].push(role);
        return all;
      });
      const runtime = String(
        it.find(development, "AgentcoreAgentRuntime", "mcp-database-v3").outputs?.["agentRuntimeArn"],
      );
      it.grant(development, "agent-coordinator", "bedrock-agentcore:InvokeAgentRuntime", [runtime, `${runtime}/*`]);
    },
  },
];
