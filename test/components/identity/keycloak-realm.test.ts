import { describe, expect, it } from "vitest";
import { KeycloakRealm } from "../../../components/identity/keycloak-realm.ts";
import { STAFF_GROUPS } from "../../../environments/callers/roles.ts";
import { planned } from "../planned.ts";

const AUDIENCE = "https://xyz-gmbh.internal.eu-west-1.example.com/mcp";
const SCOPE = "keycloak:openid/clientScope:ClientScope";
const PROFILE = "keycloak:index/realmClientPolicyProfile:RealmClientPolicyProfile";
const POLICY = "keycloak:index/realmClientPolicyProfilePolicy:RealmClientPolicyProfilePolicy";
const REGISTRATION = "keycloak:index/realmClientRegistrationPolicy:RealmClientRegistrationPolicy";

const realm = () =>
  planned((opts) => {
    const args = { tenant: "xyz-gmbh", url: "https://identity.example.com", audience: AUDIENCE, groups: STAFF_GROUPS };
    return new KeycloakRealm("realm", args, opts);
  });

describe("KeycloakRealm", () => {
  it("is the tenant's own, over TLS only, without sign-up of users", async () => {
    const plan = await realm();
    expect(plan.inputs("keycloak:index/realm:Realm", "realm")).toMatchObject({
      realm: "xyz-gmbh",
      sslRequired: "all",
      registrationAllowed: false,
      accessTokenLifespan: "5m0s",
    });
  });

  it("writes the tenant and its audience into every token with an MCP scope, whatever else its client has", async () => {
    const plan = await realm();
    const claim = "keycloak:openid/hardcodedClaimProtocolMapper:HardcodedClaimProtocolMapper";
    const audience = "keycloak:openid/audienceProtocolMapper:AudienceProtocolMapper";
    for (const type of [claim, audience]) expect(plan.names(type)).toEqual(["realm-mcp:read", "realm-mcp:write"]);
    const mapper = plan.one(claim, "realm-mcp:read");
    expect(mapper.inputs).toMatchObject({ claimName: "tenant_id", claimValue: "xyz-gmbh", addToAccessToken: true });
    expect(mapper.propertyDependencies?.["clientScopeId"]).toEqual([plan.one(SCOPE, "realm-mcp:read").urn]);
    expect(plan.inputs(audience, "realm-mcp:read")).toMatchObject({ includedCustomAudience: AUDIENCE });
  });

  it("grants each scope to the roles that may have it, and a role to each group", async () => {
    const plan = await realm();
    expect(plan.names("keycloak:index/group:Group")).toEqual([
      "realm-developers",
      "realm-devops",
      "realm-qa-engineers",
    ]);
    expect(plan.inputs("keycloak:index/group:Group", "realm-devops")).toMatchObject({
      attributes: { department: "operations" },
    });
    expect(plan.names("keycloak:index/genericRoleMapper:GenericRoleMapper")).toEqual([
      "realm-developer-mcp:read",
      "realm-developer-mcp:write",
      "realm-devops-mcp:read",
      "realm-devops-mcp:write",
      "realm-qa-mcp:read",
    ]);
    const role = plan.one("keycloak:index/role:Role", "realm-qa").urn;
    const given = plan.one("keycloak:index/groupRoles:GroupRoles", "realm-qa-engineers");
    expect(given.propertyDependencies?.["roleIds"]).toEqual([role]);
  });

  it("writes roles and department into access tokens alone", async () => {
    const plan = await realm();
    const roles = "keycloak:openid/userRealmRoleProtocolMapper:UserRealmRoleProtocolMapper";
    const department = "keycloak:openid/userAttributeProtocolMapper:UserAttributeProtocolMapper";
    for (const type of [roles, department]) {
      expect(plan.names(type)).toEqual(["realm-mcp:read", "realm-mcp:write"]);
      expect(plan.inputs(type, "realm-mcp:read")).toMatchObject({ addToIdToken: false, addToUserinfo: false });
    }
    expect(plan.inputs(roles, "realm-mcp:read")).toMatchObject({ claimName: "user_context.roles", multivalued: true });
  });

  it("refuses a group with a scope that there is not", async () => {
    const [group] = STAFF_GROUPS;
    const args = { tenant: "xyz-gmbh", url: "https://identity.example.com", audience: AUDIENCE };
    const groups = [{ ...group!, scopes: ["mcp:everything" as "mcp:read"] }];
    await expect(planned((opts) => new KeycloakRealm("realm", { ...args, groups }, opts))).rejects.toThrow(
      /no scope "mcp:everything"/,
    );
  });

  it("keeps the powerful scopes out of reach: neither default, nor optional, nor allowed at registration", async () => {
    const plan = await realm();
    expect(plan.names(SCOPE)).toEqual(["realm-gateway:admin", "realm-mcp:debug", "realm-mcp:read", "realm-mcp:write"]);
    expect(plan.inputs("keycloak:index/realmDefaultClientScopes:RealmDefaultClientScopes", "realm")).toMatchObject({
      defaultScopes: ["acr", "basic", "web-origins"],
    });
    expect(plan.inputs("keycloak:index/realmOptionalClientScopes:RealmOptionalClientScopes", "realm")).toMatchObject({
      optionalScopes: ["mcp:read", "mcp:write", "offline_access"],
    });
    expect(plan.inputs(REGISTRATION, "realm-allowed-client-templates")["config"]).toEqual({
      "allowed-client-scopes": "openid,mcp:read,mcp:write,offline_access",
      "allow-default-scopes": "true",
    });
  });

  it("limits anonymous registration to tools on the user's own machine", async () => {
    const plan = await realm();
    expect(plan.names(REGISTRATION).map((it) => it.replace("realm-", ""))).toEqual([
      "allowed-client-templates",
      "allowed-protocol-mappers",
      "consent-required",
      "max-clients",
      "registration-web-origins",
      "scope",
      "trusted-hosts",
    ]);
    expect(plan.inputs(REGISTRATION, "realm-trusted-hosts")).toMatchObject({
      subType: "anonymous",
      config: {
        "client-uris-must-match": "true",
        "trusted-hosts": "127.0.0.1,localhost,vscode.dev,insiders.vscode.dev,code.visualstudio.com,github.com",
      },
    });
    const redirects = plan.inputs(PROFILE, "realm-codes-stay-here")["executors"] as readonly object[];
    expect(redirects.slice(0, 1)).toMatchObject([
      {
        name: "secure-redirect-uris-enforcer",
        configuration: {
          "allow-permitted-domains": JSON.stringify([
            "127\\.0\\.0\\.1",
            "localhost",
            "vscode\\.dev",
            "insiders\\.vscode\\.dev",
          ]),
        },
      },
    ]);
  });

  it("makes every client use PKCE with S256", async () => {
    const plan = await realm();
    const profile = plan.inputs(PROFILE, "realm-code-with-s256");
    expect(profile["executors"]).toContainEqual({ name: "pkce-enforcer", configuration: { "auto-configure": "true" } });
    expect(plan.inputs(POLICY, "realm-code-with-s256")).toMatchObject({
      enabled: true,
      profiles: [profile["name"]],
      conditions: [{ name: "any-client" }],
    });
  });

  it("remembers for a day which client registered itself", async () => {
    const plan = await realm();
    expect(plan.inputs("keycloak:index/realmEvents:RealmEvents", "realm")).toMatchObject({
      eventsEnabled: true,
      enabledEventTypes: ["CLIENT_REGISTER"],
      eventsExpiration: 86_400,
      eventsListeners: ["jboss-logging"],
      adminEventsEnabled: true,
      adminEventsDetailsEnabled: false,
    });
  });

  it("refuses every grant on which nobody signs in", async () => {
    const plan = await realm();
    expect(plan.inputs(PROFILE, "realm-people-only")).toMatchObject({ executors: [{ name: "reject-request" }] });
    const [condition] = plan.inputs(POLICY, "realm-people-only")["conditions"] as {
      readonly configuration: { readonly grant_types: string };
    }[];
    expect(JSON.parse(condition!.configuration.grant_types)).toContain("client_credentials");
  });
});
