import { describe, expect, it } from "vitest";
import { KeycloakRealm } from "../../../components/identity/keycloak-realm.ts";
import { planned } from "../planned.ts";

const AUDIENCE = "https://xyz-gmbh.internal.eu-west-1.example.com/mcp";
const SCOPE = "keycloak:openid/clientScope:ClientScope";
const REGISTRATION = "keycloak:index/realmClientRegistrationPolicy:RealmClientRegistrationPolicy";

const realm = () =>
  planned(
    (opts) =>
      new KeycloakRealm("realm", { tenant: "xyz-gmbh", url: "https://identity.example.com", audience: AUDIENCE }, opts),
  );

describe("KeycloakRealm", () => {
  it("is the tenant's own, over TLS only, without sign-up of users", async () => {
    const plan = await realm();
    expect(plan.inputs("keycloak:index/realm:Realm", "realm")).toMatchObject({
      realm: "xyz-gmbh",
      sslRequired: "all",
      registrationAllowed: false,
      accessTokenLifespan: "15m0s",
    });
  });

  it("writes the tenant into every token, and its audience into those with an MCP scope", async () => {
    const plan = await realm();
    const claim = plan.one("keycloak:openid/hardcodedClaimProtocolMapper:HardcodedClaimProtocolMapper", "realm-tenant");
    expect(claim.inputs).toMatchObject({ claimName: "tenant_id", claimValue: "xyz-gmbh", addToAccessToken: true });
    expect(claim.propertyDependencies?.["clientScopeId"]).toEqual([plan.one(SCOPE, "realm-tenant").urn]);
    const mapper = "keycloak:openid/audienceProtocolMapper:AudienceProtocolMapper";
    expect(plan.names(mapper)).toEqual(["realm-mcp:read", "realm-mcp:write"]);
    expect(plan.inputs(mapper, "realm-mcp:read")).toMatchObject({ includedCustomAudience: AUDIENCE });
  });

  it("keeps the powerful scopes out of reach: neither default, nor optional, nor allowed at registration", async () => {
    const plan = await realm();
    expect(plan.names(SCOPE)).toEqual([
      "realm-gateway:admin",
      "realm-mcp:debug",
      "realm-mcp:read",
      "realm-mcp:write",
      "realm-tenant",
    ]);
    expect(plan.inputs("keycloak:index/realmDefaultClientScopes:RealmDefaultClientScopes", "realm")).toMatchObject({
      defaultScopes: ["acr", "basic", "web-origins", "tenant"],
    });
    expect(plan.inputs("keycloak:index/realmOptionalClientScopes:RealmOptionalClientScopes", "realm")).toMatchObject({
      optionalScopes: ["mcp:read", "mcp:write"],
    });
    expect(plan.inputs(REGISTRATION, "realm-allowed-client-templates")["config"]).toEqual({
      "allowed-client-scopes": "mcp:read,mcp:write",
      "allow-default-scopes": "true",
    });
  });

  it("limits anonymous registration to tools on the user's own machine", async () => {
    const plan = await realm();
    expect(plan.names(REGISTRATION).map((it) => it.replace("realm-", ""))).toEqual([
      "allowed-client-templates",
      "allowed-protocol-mappers",
      "max-clients",
      "registration-web-origins",
      "trusted-hosts",
    ]);
    expect(plan.inputs(REGISTRATION, "realm-trusted-hosts")).toMatchObject({
      subType: "anonymous",
      config: { "client-uris-must-match": "true", "trusted-hosts": "127.0.0.1,localhost" },
    });
  });

  it("makes every client use PKCE with S256", async () => {
    const plan = await realm();
    const profile = plan.inputs("keycloak:index/realmClientPolicyProfile:RealmClientPolicyProfile", "realm");
    expect(profile["executors"]).toContainEqual({ name: "pkce-enforcer", configuration: { "auto-configure": "true" } });
    expect(
      plan.inputs("keycloak:index/realmClientPolicyProfilePolicy:RealmClientPolicyProfilePolicy", "realm"),
    ).toMatchObject({
      enabled: true,
      profiles: [profile["name"]],
      conditions: [{ name: "any-client" }],
    });
  });
});
