import { randomBytes, randomUUID } from "node:crypto";
import Provider, { type Client, type Configuration, errors, type KoaContextWithOIDC } from "oidc-provider";
import { fetchMetadata, isAllowedClient } from "./client-metadata.ts";
import type { KnownClient } from "../developers.ts";
import { MemoryStore } from "./memory-adapter.ts";
import type { Person } from "../people.ts";
import type { PlannedRealm } from "../planned-realm.ts";
import { realmClaims } from "./realm-claims.ts";
import { askable, clientShape, GRANTS, isRegistered, publicClient } from "./realm-clients.ts";
import { failurePage, PAGE_HEADERS } from "../sign-in-pages.ts";
import { signingKeys } from "../signing-keys.ts";

/** What a provider for one realm is made of. */
export interface RealmProviderOptions {
  readonly issuer: string;
  readonly realm: PlannedRealm;
  readonly people: readonly Person[];
  readonly clients: readonly KnownClient[];
}

/** Seconds, as long as Keycloak's, which the plan leaves at their defaults. */
const TTL = { AuthorizationCode: 60, Grant: 36_000, Interaction: 300, RefreshToken: 1_800, Session: 36_000 };

const ROUTES = {
  authorization: "/protocol/openid-connect/auth",
  token: "/protocol/openid-connect/token",
  jwks: "/protocol/openid-connect/certs",
  revocation: "/protocol/openid-connect/revoke",
  registration: "/clients-registrations/openid-connect",
};

/** A provider that answers for one realm as Keycloak does; every realm keeps its own keys, clients and sessions. */
export async function realmProvider(options: RealmProviderOptions): Promise<Provider> {
  const { issuer, realm, people, clients } = options;
  const store = new MemoryStore();
  const path = new URL(issuer).pathname;
  const configuration: Configuration = {
    adapter: store.adapter,
    clients: clients.map(publicClient),
    clientDefaults: { grant_types: GRANTS, scope: askable(realm) },
    clientAuthMethods: ["none", "client_secret_basic", "client_secret_post"],
    clientBasedCORS: (_ctx, origin) => realm.registration.webOrigins.includes(origin),
    cookies: { keys: [randomBytes(32)], long: { path }, short: { path } },
    extraClientMetadata: clientShape(realm, () => store.count("Client")),
    features: features(options),
    fetch: fetchMetadata,
    findAccount: (_ctx, id) => {
      const person = people.find((it) => it.id === id);
      return person && { accountId: person.id, claims: () => ({ sub: person.id }) };
    },
    formats: { customizers: { jwt: (_ctx, token, jwt) => realmClaims({ realm, people }, token, jwt) } },
    interactions: { url: (_ctx, { uid }) => `${path}/interaction/${uid}` },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed("refresh_token"),
    jwks: { keys: await signingKeys(realm.algorithm) },
    pkce: { required: () => true },
    renderError: async (ctx, out) => {
      ctx.type = "html";
      ctx.set(PAGE_HEADERS);
      ctx.body = await failurePage(out.error_description ?? out.error);
    },
    responseTypes: ["code"],
    rotateRefreshToken: true,
    routes: ROUTES,
    scopes: ["openid", ...realm.optionalScopes, ...realm.scopes.map((it) => it.name)],
    ttl: { ...TTL, AccessToken: realm.tokenLifetimeSeconds, IdToken: realm.tokenLifetimeSeconds },
  };
  const provider = comparingPorts(defaultingScope(new Provider(issuer, configuration)));
  provider.on("server_error", (_ctx, error) => process.emitWarning(error));
  return provider;
}

/** Keycloak lets in who asks for no scope, with a token that is good for nothing; the provider would refuse. */
function defaultingScope(provider: Provider): Provider {
  provider.use((ctx, next) => {
    if (ctx.path === ROUTES.authorization && ctx.query["scope"] === undefined)
      ctx.query = { ...ctx.query, scope: "openid" };
    return next();
  });
  return provider;
}

/** The provider lets a code go to any port of this machine; Keycloak compares one that is registered. */
function comparingPorts(provider: Provider): Provider {
  const ofClient = provider.Client.prototype as Pick<Client, "redirectUriAllowed" | "redirectUris">;
  ofClient.redirectUriAllowed = function (uri) {
    return isRegistered(uri, this.redirectUris ?? []);
  };
  return provider;
}

function features({ realm }: RealmProviderOptions): Configuration["features"] {
  return {
    clientIdMetadataDocument: {
      enabled: true,
      ack: "draft-02",
      allowClient: (_ctx, client) => isAllowedClient(client, realm.registration),
    },
    devInteractions: { enabled: false },
    dPoP: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    registration: { enabled: true, initialAccessToken: false, idFactory: () => randomUUID() },
    registrationManagement: { enabled: true, rotateRegistrationAccessToken: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => realm.audience,
      useGrantedResource: () => true,
      getResourceServerInfo: (ctx, resource, client) => {
        if (resource !== realm.audience) throw new errors.InvalidTarget();
        requireKnownScopes(ctx, client);
        return {
          scope: realm.scopes.map((it) => it.name).join(" "),
          audience: realm.audience,
          accessTokenFormat: "jwt",
          accessTokenTTL: realm.tokenLifetimeSeconds,
          jwt: { sign: { alg: realm.algorithm } },
        };
      },
    },
    revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
    rpInitiatedLogout: { enabled: false },
    userinfo: { enabled: false },
  };
}

/** The provider leaves out what it does not know; Keycloak refuses it. */
function requireKnownScopes(ctx: KoaContextWithOIDC, client: Client): void {
  const asked = ctx.oidc.params?.["scope"];
  const allowed = client.scope?.split(" ") ?? [];
  const unknown = typeof asked === "string" ? asked.split(" ").filter((it) => !allowed.includes(it)) : [];
  if (unknown.length > 0) throw new errors.InvalidScope(`Invalid scopes: ${unknown.join(" ")}`, unknown.join(" "));
}
