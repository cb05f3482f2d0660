import { settingsAreOfTheStack } from "../../../policies/premise-1-gateway-only/settings-are-of-the-stack.ts";
import { UNKNOWN } from "../../../plan/model.ts";
import { testRule } from "../../support/rule-tester.ts";
import { type Described, planOf, urnOf } from "../programs.ts";

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1";
const GATEWAY: Described = {
  type: "aws:bedrock/agentcoreGateway:AgentcoreGateway",
  name: "gateway",
  inputs: {
    tags: { "alicerce:scenario": "internal" },
    authorizerConfiguration: {
      customJwtAuthorizer: {
        discoveryUrl: "https://identity.example.com/realms/xyz-gmbh/.well-known/openid-configuration",
        allowedAudiences: ["https://mcp.example.com"],
      },
    },
  },
  outputs: { gatewayId: "gateway-1" },
};
const TABLE: Described = { type: "aws:dynamodb/table:Table", name: "table", outputs: { name: "table-1" } };
const SIGNING: Described = { type: "aws:kms/key:Key", name: "key", outputs: { arn: KEY } };
const DOMAIN: Described = {
  type: "aws:cognito/userPoolDomain:UserPoolDomain",
  name: "domain",
  inputs: { domain: "xyz-gmbh", region: "eu-west-1" },
};
const INTERCEPTOR = {
  AUDIENCE: "https://mcp.example.com",
  CONTEXT_ISSUER: "urn:alicerce:interceptor:production.eu-west-1.xyz-gmbh",
  CONTEXT_KEY_ARN: KEY,
  DEPLOYMENT_ENV: "production",
  ISSUER: "https://identity.example.com/realms/xyz-gmbh",
  ISSUER_PROFILE: "keycloak",
  JWKS_URL: "https://identity.example.com/realms/xyz-gmbh/protocol/openid-connect/certs",
  SCENARIO: "internal",
  SCOPES: "mcp:read",
  TENANT_ID: "xyz-gmbh",
  TENANT_TABLE: "table-1",
};

const CLIENT: Described = {
  type: "aws:cognito/userPoolClient:UserPoolClient",
  name: "agent",
  inputs: { name: "agent-coordinator" },
  outputs: { id: "client-1" },
};
const BFF: Described = { ...CLIENT, name: "bff", inputs: { name: "bff-b2c" }, outputs: { id: "client-2" } };
const agents = (id: string, agent: string) =>
  JSON.stringify({ [id]: { agent, version: "1.0.0", actsFor: ["consumer"] } });

const given = (variables: Readonly<Record<string, string>>) =>
  planOf(GATEWAY, TABLE, SIGNING, DOMAIN, CLIENT, BFF, {
    type: "aws:lambda/function:Function",
    name: "interceptor",
    inputs: { environment: { variables } },
  });
/** While it is deployed: it is known which clients the setting names, and not yet what the cloud answered of them. */
const deployed = (agent: string) =>
  planOf(
    GATEWAY,
    TABLE,
    SIGNING,
    DOMAIN,
    { ...CLIENT, outputs: { id: UNKNOWN } },
    { ...BFF, outputs: { id: UNKNOWN } },
    {
      type: "aws:lambda/function:Function",
      name: "interceptor",
      inputs: { environment: { variables: { AGENT_CLIENTS: agents("client-1", agent) } } },
      propertyDependencies: { environment: [CLIENT, BFF].map(({ type, name }) => urnOf(type, name)) },
    },
  );
const changed = (name: string, value: string) => given({ ...INTERCEPTOR, [name]: value });
const without = (name: string) => given(Object.fromEntries(Object.entries(INTERCEPTOR).filter(([it]) => it !== name)));
const as = (name: string) => `"interceptor" must be given ${name} as the stack has it.`;

testRule(settingsAreOfTheStack, {
  accepts: {
    "an interceptor with all that it needs": given(INTERCEPTOR),
    "the token endpoint of the stack's pool": given({
      TOKEN_URL: "https://xyz-gmbh.auth.eu-west-1.amazoncognito.com/oauth2/token",
    }),
    "the same while it is deployed": deployed("coordinator"),
    "an agent that may call for consumers": given({ AGENT_CLIENTS: agents("client-1", "coordinator") }),
    "the level of the environment's logs": given({ LOG_LEVEL: "INFO" }),
    "a setting of a service's own": given({ PAGE_SIZE: "20" }),
  },
  rejects: {
    "the id of another tenant": [changed("TENANT_ID", "other"), as("TENANT_ID")],
    "the context of another stack": [
      changed("CONTEXT_ISSUER", "urn:alicerce:interceptor:production.eu-west-1.other"),
      as("CONTEXT_ISSUER"),
    ],
    "an issuer that no gateway trusts": [changed("ISSUER", "https://identity.example.com/realms/other"), as("ISSUER")],
    "keys of another issuer": [
      changed("JWKS_URL", "https://identity.example.com/realms/other/protocol/openid-connect/certs"),
      as("JWKS_URL"),
    ],
    "an audience that no gateway has": [changed("AUDIENCE", "https://other.example.com"), as("AUDIENCE")],
    "a table that is not the stack's": [changed("TENANT_TABLE", "table-2"), as("TENANT_TABLE")],
    "a host that begins like the token endpoint": [
      given({ TOKEN_URL: "https://xyz-gmbh.auth.eu-west-1.attacker.example/oauth2/token" }),
      as("TOKEN_URL"),
    ],
    "a level of logs at which libraries say what they send": [given({ LOG_LEVEL: "DEBUG" }), as("LOG_LEVEL")],
    "a list that is no JSON": [given({ GATEWAYS: "gateway-1" }), as("GATEWAYS")],
    "a list with another gateway": [given({ GATEWAYS: '{"internal":"gateway-1","b2b":"gateway-2"}' }), as("GATEWAYS")],
    "another agent while it is deployed": [deployed("customer-support"), as("AGENT_CLIENTS")],
    "a BFF as an agent": [given({ AGENT_CLIENTS: agents("client-2", "coordinator") }), as("AGENT_CLIENTS")],
    "an agent by another agent's client": [
      given({ AGENT_CLIENTS: agents("client-1", "customer-support") }),
      as("AGENT_CLIENTS"),
    ],
    "a client that is not the stack's as an agent": [
      given({ AGENT_CLIENTS: agents("client-3", "coordinator") }),
      as("AGENT_CLIENTS"),
    ],
    "agents that cannot be read": [given({ AGENT_CLIENTS: "{x" }), as("AGENT_CLIENTS")],
    "a scenario without a gateway": [changed("SCENARIO", "b2c"), as("SCENARIO")],
    "no environment": [without("DEPLOYMENT_ENV"), '"interceptor" must be given DEPLOYMENT_ENV.'],
    "clients without what tells agents from others": [
      given({ CLIENTS: "client-1", SCOPE_PREFIX: "agents", BFF_PUBLIC_KEYS: "key" }),
      '"interceptor" must be given AGENT_CLIENTS.',
    ],
    "another environment": [given({ DEPLOYMENT_ENV: "staging" }), as("DEPLOYMENT_ENV")],
    "no tenant": [without("TENANT_ID"), '"interceptor" must be given TENANT_ID.'],
    "no scopes": [without("SCOPES"), '"interceptor" must be given SCOPES.'],
  },
});
