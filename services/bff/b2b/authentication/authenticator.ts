import type { CredentialHolder, PartnerStore } from "../partners/partner-store.ts";
import type { Partner } from "../partners/partner.ts";
import { unproven, withoutCredential } from "./unproven.ts";

/** A request as an authenticator sees it. */
export interface IncomingCredentials {
  readonly headers: Headers;
  /** Address of whoever opened the connection; absent where there is none. */
  readonly peer?: string;
}

/** Tells which partner sends a request; throws `ApiProblem` 401 if its credentials do not prove one. */
export type PartnerAuthenticator = (request: IncomingCredentials) => Promise<Partner>;

/** One kind of credential: whose it is, or nothing if the request has none of this kind. Throws `ApiProblem` 401 for a bad one. */
export type CredentialReader = (request: IncomingCredentials) => Promise<CredentialHolder | undefined>;

/** The kinds of credentials that a BFF accepts. */
export interface AcceptedCredentials {
  readonly store: PartnerStore;
  readonly apiKey: CredentialReader;
  readonly accessToken?: CredentialReader;
  readonly clientCertificate: CredentialReader;
  readonly now?: () => number;
}

/**
 * Accepts an API key or an access token, alone or over a connection with a client certificate of the same partner, or such a certificate
 * alone. The store is asked at each request, so what is revoked ends at once.
 */
export function partnerAuthenticator(accepted: AcceptedCredentials): PartnerAuthenticator {
  const { store, now = Date.now } = accepted;
  const noTokens: CredentialReader = ({ headers }) =>
    headers.has("authorization")
      ? Promise.reject(unproven("access tokens are not accepted here"))
      : Promise.resolve(undefined);
  const { accessToken = noTokens } = accepted;

  return async (request) => {
    if (request.headers.has("authorization") && request.headers.has("x-api-key"))
      throw unproven("an API key and an access token at once");
    const [key, token, certificate] = await Promise.all([
      accepted.apiKey(request),
      accessToken(request),
      accepted.clientCertificate(request),
    ]);
    const holder = key ?? token ?? certificate;
    if (holder === undefined) throw withoutCredential();
    for (const it of [holder, certificate]) if (it !== undefined) requireGood(it, now());
    if (certificate !== undefined && certificate.account.id !== holder.account.id)
      throw unproven("the client certificate is of another partner");
    return partnerOf(holder, store.tenantId);
  };
}

function requireGood({ credential: { kind, id, revokedAt, expiresAt } }: CredentialHolder, nowMs: number): void {
  if (revokedAt !== undefined) throw unproven(`the ${kind} ${id} is revoked`);
  if (expiresAt !== undefined && expiresAt.getTime() <= nowMs) throw unproven(`the ${kind} ${id} has expired`);
}

function partnerOf({ account, credential: { kind, id, scopes } }: CredentialHolder, tenantId: string): Partner {
  const { id: partnerId, customerId, tier } = account;
  return { tenantId, id: partnerId, customerId, tier, scopes, credential: { kind, id } };
}
