import { decodeJwt, type JWTVerifyGetKey } from "jose";
import { BoundedCache } from "../../../libraries/service-kit/bounded-cache.ts";
import { TOKEN_LENGTH_LIMIT, type TokenVerifier, tokenVerifier } from "../../../libraries/service-kit/tokens/token.ts";
import { PARTNER_SCOPES, type PartnerScope } from "../../../../contracts/bff/partner-access.ts";
import type { CredentialHolder, PartnerStore } from "../partners/partner-store.ts";
import type { CredentialReader } from "./authenticator.ts";
import type { PartnerClient } from "../config.ts";
import { unproven } from "./unproven.ts";

/** The tenant's user pool, as it issues tokens to the systems of partners (client credentials, RFC 6749 section 4.4). */
export interface PoolTokens {
  readonly issuer: string;
  readonly keys: JWTVerifyGetKey;
  /** Name of the resource server of this BFF, which goes before its scopes. */
  readonly scopePrefix: string;
  /** The partners of whom the deployment has made clients, by the ids of these. */
  readonly clients?: Readonly<Record<string, PartnerClient>>;
  readonly now?: () => number;
}

/** Of a client of the deployment nobody asks since when it is there. */
const DEPLOYED = new Date(0);
const CLIENTS_KNOWN = 1_000;
const CLIENT_KNOWN_MS = 600_000;

/**
 * Reads access tokens of Amazon Cognito from the header `Authorization`. A token is only verified if its client is registered for a
 * partner; what the token and the registration both allow is allowed.
 */
export function accessTokens(store: PartnerStore, pool: PoolTokens): CredentialReader {
  const verifiers = new BoundedCache<TokenVerifier>(CLIENTS_KNOWN, pool.now);
  const verifierOf = (clientId: string): TokenVerifier => {
    const known = verifiers.get(clientId);
    if (known !== undefined) return known;
    const made = tokenVerifier({
      ...pool,
      profile: "cognito",
      tenantId: store.tenantId,
      clients: [clientId],
      scopes: PARTNER_SCOPES,
    });
    verifiers.set(clientId, made, CLIENT_KNOWN_MS);
    return made;
  };

  return async ({ headers }) => {
    const authorization = headers.get("authorization");
    if (authorization === null) return undefined;
    const [, token] = /^Bearer ([\w.~+/=-]+)$/i.exec(authorization) ?? [];
    const clientId = token === undefined ? undefined : clientIn(token);
    if (token === undefined || clientId === undefined) throw unproven("this is no access token of a client");
    const holder = (await store.find("oauth-client", clientId)) ?? declared(clientId, pool.clients);
    if (holder === undefined) throw unproven(`the client ${clientId.slice(0, 64)} is of no partner`);
    return withScopesOf(holder, await verified(verifierOf(clientId), token));
  };
}

/** The partner of a client that the deployment has made. */
function declared(clientId: string, clients: PoolTokens["clients"] = {}): CredentialHolder | undefined {
  const found = Object.hasOwn(clients, clientId) ? clients[clientId] : undefined;
  if (found === undefined) return undefined;
  const { id, customerId, tier, scopes } = found;
  const credential = { kind: "oauth-client", id: clientId, partnerId: id, scopes, createdAt: DEPLOYED } as const;
  return { account: { id, name: id, customerId, tier }, credential };
}

async function verified(verify: TokenVerifier, token: string): Promise<readonly string[]> {
  try {
    return (await verify(token)).scopes;
  } catch (cause) {
    throw unproven("the access token is refused", cause);
  }
}

function withScopesOf({ account, credential }: CredentialHolder, granted: readonly string[]): CredentialHolder {
  const scopes = credential.scopes.filter((it: PartnerScope) => granted.includes(it));
  return { account, credential: { ...credential, scopes } };
}

/** Whose token it says it is, before anything is verified. */
function clientIn(token: string): string | undefined {
  if (token.length >= TOKEN_LENGTH_LIMIT) return undefined;
  try {
    const { client_id: clientId } = decodeJwt(token);
    return typeof clientId === "string" ? clientId : undefined;
  } catch {
    return undefined;
  }
}
