import { POWERFUL_SCOPES, SCOPES } from "../../contracts/scopes.ts";
import * as keycloak from "@pulumi/keycloak";
import * as pulumi from "@pulumi/pulumi";
import type { StaffGroup } from "../../environments/callers/roles.ts";
import type { Directory } from "../../environments/callers/directory.ts";
import { clientPolicies } from "./client-policies.ts";
import { CompanyDirectory } from "./company-directory.ts";
import { realmPeople } from "./realm-people.ts";
import { registrationPolicies } from "./registration-policies.ts";

/** What a client may ask for: MCP clients ask to stay signed in wherever an issuer knows that scope, as Keycloak always does, and some
 * ask for `openid`, which is none of the realm's default scopes and so must be listed. */
const REGISTRABLE_SCOPES = ["openid", ...SCOPES, "offline_access"] as const;

/** Keycloak's own scopes that every client has: the subject, the level of authentication and the web origins; no name, no e-mail. */
const BUILT_IN_SCOPES = ["acr", "basic", "web-origins"];

/** How long a token is good, and so how long access lasts after a person has signed out: nothing asks the realm about a token in between. */
const ACCESS_TOKEN_MINUTES = 5;

/** How long it is kept who registered which client, in seconds: a day, in which the registration guard runs many times. */
const EVENT_SECONDS = 86_400;

/** Every sign-in, failure and change of an administrator is a line in the server's log, without the values that were written. */
const REPORTED = { eventsListeners: ["jboss-logging"], adminEventsEnabled: true, adminEventsDetailsEnabled: false };

/** Whose realm it is, and for whom its tokens are meant. */
export interface KeycloakRealmArgs {
  readonly tenant: string;
  /** Base URL of Keycloak. */
  readonly url: string;
  /** The `aud` of its tokens. */
  readonly audience: string;
  /** The groups of people who may have tokens for it. */
  readonly groups: readonly StaffGroup[];
  /** By which they sign in; without it, in the realm itself alone. */
  readonly directory?: Directory;
}

/** The issuer of one tenant's tokens for its developers, whose tools register themselves within limits (premise 4). */
export class KeycloakRealm extends pulumi.ComponentResource {
  /** The `iss` of its tokens. */
  readonly issuer: pulumi.Output<string>;
  readonly discoveryUrl: pulumi.Output<string>;

  constructor(name: string, args: KeycloakRealmArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:identity:KeycloakRealm", name, {}, opts);
    const parent = { parent: this };

    const realm = new keycloak.Realm(name, realmSettings(args.tenant), parent);
    const realmId = realm.id;
    const scope = (title: string): keycloak.openid.ClientScope =>
      new keycloak.openid.ClientScope(`${name}-${title}`, { realmId, name: title, includeInTokenScope: true }, parent);
    const scopes = new Map(SCOPES.map((it) => [it, scope(it)]));
    for (const [title, { id: clientScopeId }] of scopes)
      gatewayClaims(`${name}-${title}`, { realmId, clientScopeId }, args, parent);
    realmPeople(name, { realmId, groups: args.groups, scopes }, parent);
    POWERFUL_SCOPES.forEach((it) => scope(it));
    this.registrable(name, realm, [...scopes.values()]);

    this.issuer = pulumi.interpolate`${args.url}/realms/${realm.realm}`;
    this.discoveryUrl = pulumi.interpolate`${this.issuer}/.well-known/openid-configuration`;
    const { directory } = args;
    if (directory !== undefined)
      new CompanyDirectory(`${name}-directory`, { realm, issuer: this.issuer, directory }, parent);
    this.registerOutputs({ discoveryUrl: this.discoveryUrl });
  }

  /** What a client that registers itself has, may ask for, and must do. */
  private registrable(name: string, realm: keycloak.Realm, scopes: readonly keycloak.openid.ClientScope[]): void {
    const parent = { parent: this };
    const realmId = realm.id;
    const optionalScopes = [...scopes.map((it) => it.name), "offline_access"];
    new keycloak.RealmDefaultClientScopes(name, { realmId, defaultScopes: BUILT_IN_SCOPES }, parent);
    new keycloak.RealmOptionalClientScopes(name, { realmId, optionalScopes }, parent);
    clientPolicies(name, realmId, parent);
    registrationPolicies(name, { realmId, scopes: REGISTRABLE_SCOPES }, parent);
    // Nothing else in a realm tells a client that registered itself from one of an administrator: the registration guard reads these.
    const kept = { eventsEnabled: true, enabledEventTypes: ["CLIENT_REGISTER"], eventsExpiration: EVENT_SECONDS };
    new keycloak.RealmEvents(name, { realmId, ...kept, ...REPORTED }, parent);
  }
}

/**
 * What a gateway asks of a token. It is said by each scope: Keycloak gives a client that names its scopes when it registers none of the
 * realm's default ones.
 */
function gatewayClaims(
  name: string,
  of: { readonly realmId: pulumi.Input<string>; readonly clientScopeId: pulumi.Input<string> },
  { audience, tenant }: KeycloakRealmArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  const mapper = { ...of, addToAccessToken: true };
  new keycloak.openid.AudienceProtocolMapper(
    name,
    { ...mapper, name: "audience", includedCustomAudience: audience, addToIdToken: false },
    opts,
  );
  new keycloak.openid.HardcodedClaimProtocolMapper(
    name,
    { ...mapper, name: "tenant_id", claimName: "tenant_id", claimValue: tenant, claimValueType: "String" },
    opts,
  );
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
    accessTokenLifespan: `${ACCESS_TOKEN_MINUTES}m0s`,
    revokeRefreshToken: true,
    refreshTokenMaxReuse: 0,
    offlineSessionIdleTimeout: "24h0m0s",
    offlineSessionMaxLifespanEnabled: true,
    offlineSessionMaxLifespan: "168h0m0s",
    defaultSignatureAlgorithm: "RS256",
    passwordPolicy: "length(14) and notUsername and passwordHistory(5)",
    securityDefenses: {
      bruteForceDetection: { permanentLockout: false, maxLoginFailures: 10, waitIncrementSeconds: 60 },
    },
  };
}
