import type { Partner } from "../partners/partner.ts";

/** A request as an authenticator sees it. */
export interface IncomingCredentials {
  readonly headers: Headers;
  /** Address of whoever opened the connection; absent where there is none. */
  readonly peer?: string;
}

/** Tells which partner sends a request; throws `Problem` with `ERR_PARTNER_UNKNOWN` if its credentials do not prove one. */
export type PartnerAuthenticator = (request: IncomingCredentials) => Promise<Partner>;
