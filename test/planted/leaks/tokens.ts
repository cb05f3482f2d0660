import { type Planted, STACKS } from "../environment.ts";

const { acme, development, lumina, merlion, xyz } = STACKS;

/** Tokens and claims of one tenant that another one's gateway believes. */
export const tokenLeaks: readonly Planted[] = [
  {
    name: "a realm says that its people are another tenant's",
    story: "The hard-coded claim tenant_id of xyz-gmbh's realm is acme-corp.",
    change: (it) =>
      it.edit(xyz, "HardcodedClaimProtocolMapper", "realm-mcp:read", (all) => {
        all["claimValue"] = "acme-corp";
      }),
  },
  {
    name: "people choose their tenant",
    story: "A mapper writes tenant_id from an attribute that users edit themselves.",
    change: (it) =>
      it.add(xyz, "keycloak:openid/userAttributeProtocolMapper:UserAttributeProtocolMapper", "tenant", {
        realmId: "xyz-gmbh",
        clientScopeId: it.output(xyz, "ClientScope", "realm-mcp:read", "id"),
        name: "tenant",
        userAttribute: "tenant",
        claimName: "tenant_id",
      }),
  },
  {
    name: "tokens for another tenant's gateway",
    story: "The realm of acme-corp adds the audience of xyz-gmbh's gateway.",
    change: (it) =>
      it.edit(acme, "AudienceProtocolMapper", "realm-mcp:read", (all) => {
        all["includedCustomAudience"] = "https://xyz-gmbh.internal.eu-west-1.agents.example.com/mcp";
      }),
  },
  {
    name: "a gateway believes another tenant's realm",
    story: "The authorizer of xyz-gmbh's internal gateway reads the keys of acme-corp's realm.",
    change: (it) =>
      it.edit(xyz, "AgentcoreGateway", "gateway-internal", (all) => {
        all["authorizerConfiguration"].customJwtAuthorizer.discoveryUrl =
          "https://identity.us-east-1.agents.example.com/realms/acme-corp/.well-known/openid-configuration";
      }),
  },
  {
    name: "a gateway does not ask for the tenant",
    story: "The check of tenant_id was dropped from the authorizer.",
    change: (it) =>
      it.edit(xyz, "AgentcoreGateway", "gateway-b2b", (all) => {
        delete all["authorizerConfiguration"].customJwtAuthorizer.customClaims;
      }),
  },
  {
    name: "a gateway lets another tenant's client in",
    story: "The client of acme-corp's agent is allowed at xyz-gmbh's gateway.",
    change: (it) =>
      it.edit(xyz, "AgentcoreGateway", "gateway-b2b", (all) => {
        all["authorizerConfiguration"].customJwtAuthorizer.allowedClients.push(
          it.output(acme, "UserPoolClient", "agent-coordinator", "id"),
        );
      }),
  },
  {
    name: "a gateway that asks nobody",
    story: "The gateway of xyz-gmbh has no authorizer.",
    change: (it) =>
      it.edit(xyz, "AgentcoreGateway", "gateway-b2b", (all) => {
        all["authorizerType"] = "NONE";
        delete all["authorizerConfiguration"];
      }),
  },
  {
    name: "a pool's tokens say another tenant",
    story: "TENANT_ID of the token trigger of xyz-gmbh is acme-corp.",
    change: (it) =>
      it.edit(xyz, "Function", "token-claims", (all) => {
        all["environment"].variables.TENANT_ID = "acme-corp";
      }),
  },
  {
    name: "a pool whose tokens another tenant's function writes",
    story: "The trigger of xyz-gmbh's pool is acme-corp's function.",
    change: (it) =>
      it.edit(xyz, "UserPool", "pool", (all) => {
        all["lambdaConfig"].preTokenGenerationConfig.lambdaArn = it.arn(acme, "Function", "token-claims");
      }),
  },
  {
    name: "a pool with a second trigger",
    story: "A user migration trigger asks a function of acme-corp whether a password is right.",
    change: (it) =>
      it.edit(xyz, "UserPool", "pool", (all) => {
        all["lambdaConfig"].userMigration = it.arn(acme, "Function", "token-claims");
      }),
  },
  {
    name: "everybody signs up",
    story: "Sign-up is open in the pool of xyz-gmbh.",
    change: (it) =>
      it.edit(xyz, "UserPool", "pool", (all) => {
        all["adminCreateUserConfig"].allowAdminCreateUserOnly = false;
      }),
  },
  {
    name: "a pool that believes another provider",
    story: "The pool of xyz-gmbh federates with acme-corp's realm.",
    change: (it) =>
      it.add(xyz, "aws:cognito/identityProvider:IdentityProvider", "acme", {
        userPoolId: it.output(xyz, "UserPool", "pool", "id"),
        providerName: "acme",
        providerType: "OIDC",
        providerDetails: { oidc_issuer: "https://identity.us-east-1.agents.example.com/realms/acme-corp" },
      }),
  },
  {
    name: "identities for people without a name",
    story: "An identity pool gives AWS credentials to whoever asks.",
    change: (it) => {
      it.add(xyz, "aws:cognito/identityPool:IdentityPool", "guests", {
        identityPoolName: "guests",
        allowUnauthenticatedIdentities: true,
      });
      it.add(xyz, "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment", "guests", {
        identityPoolId: "guests",
        roles: { unauthenticated: it.arn(xyz, "Role", "mcp-files-v1") },
      });
    },
  },
  {
    name: "an app client for the browser",
    story: "A client of the implicit flow with any redirect, without a secret.",
    change: (it) =>
      it.add(xyz, "aws:cognito/userPoolClient:UserPoolClient", "web", {
        name: "web",
        userPoolId: it.output(xyz, "UserPool", "pool", "id"),
        allowedOauthFlows: ["implicit"],
        allowedOauthFlowsUserPoolClient: true,
        allowedOauthScopes: ["production.eu-west-1.xyz-gmbh.b2b/mcp.read"],
        callbackUrls: ["https://example.net/callback"],
        generateSecret: false,
      }),
  },
  {
    name: "a broker between realms",
    story: "The realm of xyz-gmbh accepts logins of acme-corp's realm by an identity broker.",
    change: (it) =>
      it.add(xyz, "keycloak:oidc/identityProvider:IdentityProvider", "acme", {
        realm: "xyz-gmbh",
        alias: "acme",
        authorizationUrl: "https://identity.us-east-1.agents.example.com/realms/acme-corp/protocol/openid-connect/auth",
        tokenUrl: "https://identity.us-east-1.agents.example.com/realms/acme-corp/protocol/openid-connect/token",
        clientId: "broker",
        trustEmail: true,
      }),
  },
  {
    name: "people from a directory in the US",
    story: "User federation of xyz-gmbh's realm with an LDAP server in the US.",
    change: (it) =>
      it.add(xyz, "keycloak:ldap/userFederation:UserFederation", "ldap", {
        realmId: "xyz-gmbh",
        name: "ldap",
        connectionUrl: "ldaps://directory.us.example.net",
        usersDn: "ou=people",
        usernameLdapAttribute: "uid",
        rdnLdapAttribute: "uid",
        uuidLdapAttribute: "entryUUID",
        userObjectClasses: ["person"],
      }),
  },
  {
    name: "people register themselves",
    story: "Registration is open in the realm of xyz-gmbh.",
    change: (it) =>
      it.edit(xyz, "Realm", "realm", (all) => {
        all["registrationAllowed"] = true;
      }),
  },
  {
    name: "a realm administered by another one's people",
    story: "A group of acme-corp's realm gets the role realm-admin in xyz-gmbh's.",
    change: (it) =>
      it.add(xyz, "keycloak:index/groupRoles:GroupRoles", "admins", {
        realmId: "xyz-gmbh",
        groupId: "acme-admins",
        roleIds: ["realm-admin"],
      }),
  },
  {
    name: "a service account in the realm",
    story: "A confidential client with a service account and full scope, for a script.",
    change: (it) =>
      it.add(xyz, "keycloak:openid/client:Client", "script", {
        realmId: "xyz-gmbh",
        clientId: "script",
        accessType: "CONFIDENTIAL",
        serviceAccountsEnabled: true,
        fullScopeAllowed: true,
      }),
  },
  {
    name: "codes go anywhere",
    story: "Registered clients may have any redirect.",
    reaches: ["realm"],
    change: (it) => it.remove(xyz, "RealmClientPolicyProfilePolicy", "realm-codes-stay-here"),
  },
  {
    name: "Cedar does not ask for the tenant",
    story: "The policy that forbids other tenants is gone.",
    reaches: ["gateway-b2b"],
    change: (it) => it.remove(xyz, "AgentcorePolicy", "b2b-only-tenant"),
  },
  {
    name: "Cedar lets another tenant in",
    story: "The policies of xyz-gmbh's gateway name acme-corp.",
    change: (it) => it.replaceText([xyz, "AgentcorePolicy", "b2b-only-tenant"], 'xyz-gmbh"', 'acme-corp"'),
  },
  {
    name: "Cedar permits everything",
    story: "permit(principal, action, resource) was added for a demonstration.",
    change: (it) =>
      it.copy(xyz, xyz, "AgentcorePolicy", "b2b-mcp-read-1", (all) => {
        all["name"] = "all";
        all["definition"].cedar.statement =
          `permit(principal, action, resource == AgentCore::Gateway::"${String(it.find(xyz, "AgentcoreGateway", "gateway-b2b").outputs?.["gatewayArn"])}");`;
      }),
  },
  {
    name: "policies that only log",
    story: "The policy engine of the gateway logs what it would deny.",
    change: (it) =>
      it.edit(merlion, "AgentcoreGateway", "gateway-b2b", (all) => {
        all["policyEngineConfiguration"].mode = "LOG_ONLY";
      }),
  },
  {
    name: "a gateway judged by another tenant's policies",
    story: "The gateway of xyz-gmbh asks the policy engine of acme-corp.",
    change: (it) =>
      it.edit(xyz, "AgentcoreGateway", "gateway-b2b", (all) => {
        all["policyEngineConfiguration"] = it.find(acme, "AgentcoreGateway", "gateway-b2b").inputs[
          "policyEngineConfiguration"
        ];
      }),
  },
  {
    name: "calls pass another tenant's interceptor",
    story: "The interceptor of xyz-gmbh's gateway is acme-corp's function: it sees all headers and bodies.",
    change: (it) =>
      it.edit(xyz, "AgentcoreGateway", "gateway-b2b", (all) => {
        all["interceptorConfigurations"][0].interceptor.lambda.arn = it.arn(acme, "Function", "interceptor-b2b");
      }),
  },
  {
    name: "a gateway without an interceptor",
    story: "Callers write the tenant's headers themselves.",
    change: (it) =>
      it.edit(lumina, "AgentcoreGateway", "gateway-b2c", (all) => {
        delete all["interceptorConfigurations"];
      }),
  },
  {
    name: "an agent calls another tenant's gateway",
    story: "GATEWAY_URL of acme-corp's agent is xyz-gmbh's gateway.",
    change: (it) =>
      it.edit(acme, "Deployment", "agent-coordinator", (all) => {
        const env = all["spec"].template.spec.containers[0].env as { name: string; value: string }[];
        env.find((one) => one.name === "GATEWAY_URL")!.value = JSON.stringify({
          b2b: it.find(xyz, "AgentcoreGateway", "gateway-b2b").outputs?.["gatewayUrl"],
        });
      }),
  },
  {
    name: "an agent without the check of its caller",
    story: "The resource policy of an agent's runtime lets the whole account call it.",
    environment: "development",
    change: (it) =>
      it.statements([development, "AgentcoreResourcePolicy", "agent-coordinator-runtime"], "policy", (all) => [
        { ...all[0], Principal: { AWS: "arn:aws:iam::333344445555:root" } },
      ]),
  },
];
