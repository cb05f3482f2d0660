import type { JWTHeaderParameters, JWTPayload } from "jose";
import { TokenError } from "../problem.ts";

/** What differs between issuers: how an access token is told from other tokens, who the client is, what scopes are called. */
export interface TokenProfile {
  /** Throws unless this is an access token. */
  readonly requireAccessToken: (header: JWTHeaderParameters, claims: JWTPayload) => void;
  readonly clientClaim: "azp" | "client_id";
  /** Whether a person stands behind the token. */
  readonly isOfUser: (claims: JWTPayload) => boolean;
  /** Whether a person's token says her roles and department (`user_context`), and so must. */
  readonly saysWhoPeopleAre: boolean;
  /** The normalised name of a scope, or nothing if it belongs to another resource. */
  readonly scope: (scope: string, prefix: string) => string | undefined;
  /** What the issuer calls a scope, so what a client must ask it for: the inverse of `scope`. */
  readonly scopeAtIssuer: (scope: string, prefix: string) => string;
  /**
   * Of all scopes of a resource, the least first, those that a client without a token is told to ask for. It is the least, and a call that
   * needs more says so, unless clients register for what they are told: then they could never ask for more.
   */
  readonly firstScopes: (scopes: readonly string[]) => readonly string[];
}

const least: TokenProfile["firstScopes"] = (scopes) => scopes.slice(0, 1);

/** The issuers that we know. */
export type ProfileName = "keycloak" | "cognito" | "rfc9068";

const isAccessTokenType = (typ: unknown): boolean =>
  typeof typ === "string" && /^(?:application\/)?at\+jwt$/i.test(typ);

const isPlainType = (typ: unknown): boolean => typ === undefined || (typeof typ === "string" && /^jwt$/i.test(typ));

function refuseType(claim: string, value: unknown): never {
  throw new TokenError("ERR_TOKEN_TYPE", `${claim} ${JSON.stringify(value)} is not of an access token`, { claim });
}

/** Keycloak tells token types by the claim `typ`: Bearer, ID, Refresh, Logout. */
const keycloak: TokenProfile = {
  requireAccessToken: (header, claims) => {
    if (!isPlainType(header.typ) && !isAccessTokenType(header.typ)) refuseType("typ", header.typ);
    if (claims["typ"] !== "Bearer") refuseType("typ", claims["typ"]);
  },
  clientClaim: "azp",
  // A service account has no session; its tokens carry `client_id` by the scope "service_account".
  isOfUser: (claims) => typeof claims["sid"] === "string" && claims["client_id"] === undefined,
  saysWhoPeopleAre: true,
  scope: (scope) => scope,
  scopeAtIssuer: (scope) => scope,
  // The SDKs register with the scopes of the challenge, and Keycloak refuses a client what it has not registered for.
  firstScopes: (scopes) => scopes,
};

/** Cognito has no audience for machines: the scope's prefix, a resource server of the gateway, binds the token to it. */
const cognito: TokenProfile = {
  requireAccessToken: (header, claims) => {
    if (!isPlainType(header.typ) && !isAccessTokenType(header.typ)) refuseType("typ", header.typ);
    if (claims["token_use"] !== "access") refuseType("token_use", claims["token_use"]);
  },
  clientClaim: "client_id",
  isOfUser: (claims) => claims.sub !== claims["client_id"],
  saysWhoPeopleAre: false,
  scope: (scope, prefix) =>
    scope.startsWith(`${prefix}/`) ? scope.slice(prefix.length + 1).replace(".", ":") : undefined,
  scopeAtIssuer: (scope, prefix) => `${prefix}/${scope.replace(":", ".")}`,
  firstScopes: least,
};

const rfc9068: TokenProfile = {
  requireAccessToken: (header, claims) => {
    if (!isAccessTokenType(header.typ)) refuseType("typ", header.typ);
    if (typeof claims.jti !== "string")
      throw new TokenError("ERR_TOKEN_CLAIM", "jti must be a string", { claim: "jti" });
  },
  clientClaim: "client_id",
  isOfUser: (claims) => claims.sub !== claims["client_id"],
  saysWhoPeopleAre: false,
  scope: (scope) => scope,
  scopeAtIssuer: (scope) => scope,
  firstScopes: least,
};

/** The profiles by name. */
export const PROFILES: { readonly [Name in ProfileName]: TokenProfile } = { keycloak, cognito, rfc9068 };
