import * as keycloak from "@pulumi/keycloak";
import * as pulumi from "@pulumi/pulumi";
import { registrationPolicies } from "./registration-policies.ts";

/** What a client may do with an MCP server, as scopes that a client may ask for when it registers itself. */
export const REALM_SCOPES = ["mcp:read", "mcp:write"] as const;

/** Scopes with power: they exist, so that nothing else takes their names, but no client gets them by registering itself. */
const POWERFUL_SCOPES = ["gateway:admin", "mcp:debug"] as const;

/** Keycloak's own scopes that every client has: the subject, the level of authentication and the web origins; no name, no e-mail. */
const BUILT_IN_SCOPES = ["acr", "basic", "web-origins"];

/** Whose realm it is, and for whom its tokens are meant. */
export interface KeycloakRealmArgs {
  readonly tenant: string;
  /** Base URL of Keycloak. */
  readonly url: string;
  /** The `aud` of its tokens. */
  readonly audience: string;
}

/** The issuer of one tenant's tokens for its developers, whose tools register themselves within limits (premise 4). */
export class KeycloakRealm extends pulumi.ComponentResource {
  readonly discoveryUrl: pulumi.Output<string>;

  constructor(name: string, { tenant, url, audience }: KeycloakRealmArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:identity:KeycloakRealm", name, {}, opts);
    const parent = { parent: this };

    const realm = new keycloak.Realm(name, realmSettings(tenant), parent);
    const scope = (scopeName: string, includeInTokenScope: boolean): keycloak.openid.ClientScope =>
      new keycloak.openid.ClientScope(
        `${name}-${scopeName}`,
        { realmId: realm.id, name: scopeName, includeInTokenScope },
        parent,
      );
    const tenantScope = scope("tenant", false);
    const tenantClaim = { claimName: "tenant_id", claimValue: tenant, claimValueType: "String" };
    new keycloak.openid.HardcodedClaimProtocolMapper(
      `${name}-tenant`,
      { realmId: realm.id, clientScopeId: tenantScope.id, name: "tenant_id", addToAccessToken: true, ...tenantClaim },
      parent,
    );
    const scopes = REALM_SCOPES.map((it) => scope(it, true));
    scopes.forEach((it, index) => {
      const mapper = { clientScopeId: it.id, name: "audience", includedCustomAudience: audience, addToIdToken: false };
      new keycloak.openid.AudienceProtocolMapper(
        `${name}-${REALM_SCOPES[index]}`,
        { realmId: realm.id, addToAccessToken: true, ...mapper },
        parent,
      );
    });
    POWERFUL_SCOPES.forEach((it) => scope(it, true));
    this.registrable(name, realm, tenantScope, scopes);

    this.discoveryUrl = pulumi.interpolate`${url}/realms/${realm.realm}/.well-known/openid-configuration`;
    this.registerOutputs({ discoveryUrl: this.discoveryUrl });
  }

  /** What a client that registers itself has, may ask for, and must do. */
  private registrable(
    name: string,
    realm: keycloak.Realm,
    tenantScope: keycloak.openid.ClientScope,
    scopes: readonly keycloak.openid.ClientScope[],
  ): void {
    const parent = { parent: this };
    const realmId = realm.id;
    const defaultScopes = [...BUILT_IN_SCOPES, tenantScope.name];
    new keycloak.RealmDefaultClientScopes(name, { realmId, defaultScopes }, parent);
    new keycloak.RealmOptionalClientScopes(name, { realmId, optionalScopes: scopes.map((it) => it.name) }, parent);
    const automatic = { "auto-configure": "true" };
    const profile = new keycloak.RealmClientPolicyProfile(
      name,
      {
        realmId,
        name: "code-with-s256",
        description: "Authorization code with PKCE S256, and no other flow of a user",
        executors: [
          { name: "pkce-enforcer", configuration: automatic },
          { name: "reject-implicit-grant", configuration: automatic },
          { name: "reject-ropc-grant", configuration: automatic },
        ],
      },
      parent,
    );
    new keycloak.RealmClientPolicyProfilePolicy(
      name,
      {
        realmId,
        name: "every-client",
        enabled: true,
        profiles: [profile.name],
        conditions: [{ name: "any-client", configuration: { "is-negative-logic": "false" } }],
      },
      parent,
    );
    registrationPolicies(name, { realmId, scopes: REALM_SCOPES }, parent);
  }
}

function realmSettings(tenant: string): keycloak.RealmArgs {
  return {
    realm: tenant,
    enabled: true,
    displayName: tenant,
    sslRequired: "all",
    registrationAllowed: false,
    loginWithEmailAllowed: false,
    duplicateEmailsAllowed: false,
    accessTokenLifespan: "15m0s",
    defaultSignatureAlgorithm: "RS256",
    passwordPolicy: "length(14) and notUsername and passwordHistory(5)",
    securityDefenses: { bruteForceDetection: { permanentLockout: false, maxLoginFailures: 10 } },
  };
}
