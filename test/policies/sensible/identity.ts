import * as aws from "@pulumi/aws";
import * as keycloak from "@pulumi/keycloak";
import { statementsIn } from "../proofs/edits.ts";
import { type SensibleChange, TENANT } from "./sensible-change.ts";

const POOL = ["aws:cognito/userPool:UserPool", "pool", "id"] as const;
const GATEWAY = "aws:bedrock/agentcoreGateway:AgentcoreGateway";

/** What is done to roles, pools, realms and policies of gateways. */
export const IDENTITY: Readonly<Record<string, SensibleChange>> = {
  "the permissions boundary denies more": {
    stack: "environment",
    edits: [
      {
        type: "aws:iam/policy:Policy",
        name: "boundary",
        change: statementsIn("policy", (all) => [
          ...all,
          { Effect: "Deny", Action: ["iam:CreateUser", "iam:CreateAccessKey"], Resource: "*" },
        ]),
      },
    ],
  },
  "another client of the pool signs people in by a code with PKCE": {
    stack: "tenant",
    adds: (it) =>
      new aws.cognito.UserPoolClient(
        "web",
        {
          name: "web",
          userPoolId: it.value(...POOL),
          allowedOauthFlowsUserPoolClient: true,
          allowedOauthFlows: ["code"],
          allowedOauthScopes: [
            "openid",
            `${it.value("aws:cognito/resourceServer:ResourceServer", "b2c", "identifier")}/mcp.read`,
          ],
          callbackUrls: ["https://shop.example.com/callback"],
          supportedIdentityProviders: ["COGNITO"],
          generateSecret: false,
          explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
          enableTokenRevocation: true,
          preventUserExistenceErrors: "ENABLED",
          accessTokenValidity: 15,
          tokenValidityUnits: { accessToken: "minutes" },
        },
        it.aws,
      ),
  },
  "a server has another scope, for reading lists only": {
    stack: "tenant",
    edits: [
      {
        type: "aws:cognito/resourceServer:ResourceServer",
        name: "b2c",
        change: (it) => (it["scopes"] as unknown[]).push({ scopeName: "mcp.list", scopeDescription: "Lists of tools" }),
      },
    ],
  },
  "a scope of the realm names the tenant, too": {
    stack: "tenant",
    adds: (it) =>
      new keycloak.openid.HardcodedClaimProtocolMapper(
        "tenant-of-debug",
        {
          realmId: TENANT,
          clientScopeId: it.value("keycloak:openid/clientScope:ClientScope", "realm-mcp:debug", "id"),
          name: "tenant_id",
          claimName: "tenant_id",
          claimValue: TENANT,
          claimValueType: "String",
          addToAccessToken: true,
        },
        it.keycloak,
      ),
  },
  "a gateway forbids a tool": {
    stack: "tenant",
    adds: (it) =>
      new aws.bedrock.AgentcorePolicy(
        "no-writes",
        {
          name: "no_writes",
          policyEngineId: it.value(
            "aws:bedrock/agentcorePolicyEngine:AgentcorePolicyEngine",
            "policies-b2c",
            "policyEngineId",
          ),
          validationMode: "FAIL_ON_ANY_FINDINGS",
          definition: {
            cedar: {
              statement: `forbid(principal is AgentCore::OAuthUser, action, resource == AgentCore::Gateway::"${it.value(GATEWAY, "gateway-b2c", "gatewayArn")}") when { principal.hasTag("suspended") };`,
            },
          },
        },
        it.aws,
      ),
  },
  "passwords are longer": {
    stack: "tenant",
    edits: [
      {
        type: "aws:cognito/userPool:UserPool",
        name: "pool",
        change: (it) => Object.assign(it["passwordPolicy"] as object, { minimumLength: 20 }),
      },
    ],
  },
  "tokens of an agent live a shorter time": {
    stack: "tenant",
    edits: [
      {
        type: "aws:cognito/userPoolClient:UserPoolClient",
        name: "agent-coordinator",
        change: (it) => (it["accessTokenValidity"] = 5),
      },
    ],
  },
};
