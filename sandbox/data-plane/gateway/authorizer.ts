import type { JWTPayload, JWTVerifyGetKey } from "jose";
import { jwtVerify } from "jose";
import * as z from "zod";
import { TokenError } from "../../../services/libraries/service-kit/problem.ts";
import { ALGORITHMS } from "../../../services/libraries/service-kit/tokens/token.ts";
import { tokenError } from "../../../services/libraries/service-kit/tokens/token-error.ts";
import { remoteKeys } from "../../../services/libraries/service-kit/tokens/token-keys.ts";

/** The authorizer of a gateway, in the words of `customJwtAuthorizer`. */
export interface CustomJwtAuthorizer {
  /** Ends in `/.well-known/openid-configuration`. */
  readonly discoveryUrl: string;
  readonly allowedAudiences?: readonly string[];
  /** Compared with the claim `client_id`. */
  readonly allowedClients?: readonly string[];
  /** A token must hold one of them. */
  readonly allowedScopes: readonly string[];
  readonly customClaims: readonly CustomClaim[];
}

/** A claim that must equal a text. */
export interface CustomClaim {
  readonly inboundTokenClaimName: string;
  readonly inboundTokenClaimValueType: "STRING";
  readonly authorizingClaimMatchValue: {
    readonly claimMatchOperator: "EQUALS";
    readonly claimMatchValue: { readonly matchValueString: string };
  };
}

/** Who a token says is calling. */
export interface Caller {
  readonly claims: JWTPayload & { readonly sub: string };
  /** The same for all tokens of one user of one client. */
  readonly principal: string;
}

/** Lets a caller in, or throws `TokenError`. */
export interface Authorizer {
  readonly authorize: (authorization: string | undefined) => Promise<Caller>;
  /** The issuer by its own account; throws `TokenError` while that cannot be had. */
  readonly issuer: () => Promise<string>;
}

const discovered = z.object({ issuer: z.string(), jwks_uri: z.url() });
const DISCOVERY_MS = 5_000;

interface Issuer {
  readonly issuer: string;
  readonly keys: JWTVerifyGetKey;
}

/** Verifies tokens as AgentCore does, before and apart from what our interceptor verifies. */
export function authorizer(settings: CustomJwtAuthorizer): Authorizer {
  requireSettings(settings);
  let known: Promise<Issuer> | undefined;
  const issuer = (): Promise<Issuer> => {
    known ??= discover(settings.discoveryUrl).catch((cause: unknown) => {
      known = undefined;
      throw new TokenError("ERR_TOKEN_KEYS_UNAVAILABLE", "the issuer cannot be discovered", { cause });
    });
    return known;
  };
  return {
    authorize: async (authorization) => {
      const token = bearerToken(authorization);
      try {
        return await verify(token, settings, await issuer());
      } catch (failure) {
        throw tokenError(failure);
      }
    },
    issuer: async () => (await issuer()).issuer,
  };
}

function requireSettings({ discoveryUrl, allowedAudiences, allowedClients }: CustomJwtAuthorizer): void {
  if (!discoveryUrl.endsWith("/.well-known/openid-configuration"))
    throw new TypeError(`discoveryUrl "${discoveryUrl}" must end in /.well-known/openid-configuration`);
  if ((allowedAudiences ?? allowedClients ?? []).length === 0)
    throw new TypeError("allowedAudiences or allowedClients must name somebody");
}

async function discover(discoveryUrl: string): Promise<Issuer> {
  const response = await fetch(discoveryUrl, { redirect: "error", signal: AbortSignal.timeout(DISCOVERY_MS) });
  if (!response.ok) throw new Error(`discovery document: status ${response.status}`);
  const { issuer, jwks_uri: url } = discovered.parse(await response.json());
  return { issuer, keys: remoteKeys({ url: new URL(url), cooldownSeconds: 1 }) };
}

function bearerToken(authorization: string | undefined): string {
  if (authorization === undefined) throw new TokenError("ERR_TOKEN_MISSING", "there is no Authorization header");
  const token = /^Bearer +([^\s,]+) *$/i.exec(authorization)?.[1];
  if (token !== undefined) return token;
  throw new TokenError("ERR_TOKEN_MALFORMED", "Authorization must be a bearer token");
}

async function verify(token: string, settings: CustomJwtAuthorizer, { issuer, keys }: Issuer): Promise<Caller> {
  const { allowedAudiences, allowedClients, allowedScopes, customClaims } = settings;
  const { payload } = await jwtVerify(token, keys, {
    algorithms: [...ALGORITHMS],
    issuer,
    requiredClaims: ["exp", "sub"],
    ...(allowedAudiences && { audience: [...allowedAudiences] }),
  });
  const { sub, client_id: client, scope } = payload;
  if (sub === undefined) throw new TokenError("ERR_TOKEN_CLAIM", "sub must be a string", { claim: "sub" });
  if (allowedClients?.some((it) => it === client) === false)
    throw new TokenError("ERR_TOKEN_CLIENT", "client is not allowed", { claim: "client_id" });
  for (const claim of customClaims) requireClaim(payload, claim);
  const scopes = typeof scope === "string" ? scope.split(" ") : [];
  if (!allowedScopes.some((it) => scopes.includes(it)))
    throw new TokenError("ERR_TOKEN_SCOPE", "token holds no allowed scope", { claim: "scope" });
  return { claims: { ...payload, sub }, principal: JSON.stringify([issuer, sub, client ?? payload["azp"] ?? null]) };
}

function requireClaim(payload: JWTPayload, { inboundTokenClaimName: claim, ...match }: CustomClaim): void {
  const expected = match.authorizingClaimMatchValue.claimMatchValue.matchValueString;
  if (Object.hasOwn(payload, claim) && payload[claim] === expected) return;
  throw new TokenError("ERR_TOKEN_CLAIM", `${claim} must be "${expected}"`, { claim });
}
