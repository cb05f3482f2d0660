import type { PartnerScope, PartnerTier } from "../../../../contracts/bff/partner-access.ts";
import type { CredentialKind } from "./partner.ts";

/** A partner of a tenant, as it was admitted. */
export interface PartnerAccount {
  /** Unique within the tenant; of the form of `IDENTIFIER.organizationId`. */
  readonly id: string;
  readonly name: string;
  /** The customer of the tenant on whose account the partner orders. */
  readonly customerId: string;
  readonly tier: PartnerTier;
}

/** One credential of a partner; of a secret only the digest. */
export interface PartnerCredential {
  readonly kind: CredentialKind;
  /** Prefix of the API key, id of the OAuth client, or SHA-256 of the certificate in hexadecimal: unique within the tenant and kind. */
  readonly id: string;
  readonly partnerId: string;
  readonly scopes: readonly PartnerScope[];
  /** Of API keys alone: what `apiKeyDigest` makes of the key, in base64url. */
  readonly digest?: string;
  /** Until when it is good; without an end, until it is revoked. */
  readonly expiresAt?: Date;
}

/** A credential as it is kept, and whether it was taken back. */
export interface KeptCredential extends PartnerCredential {
  readonly createdAt: Date;
  readonly revokedAt?: Date;
}

/** A credential with the partner that holds it. */
export interface CredentialHolder {
  readonly account: PartnerAccount;
  readonly credential: KeptCredential;
}

/** Whoever asks for the credentials of a partner that is not there, or adds what is there already. */
export class PartnerStoreError extends Error {
  override readonly name = "PartnerStoreError";
}

/** The partners of one tenant. What is added, rotated or revoked holds for the next request: nothing is remembered elsewhere. */
export interface PartnerStore {
  readonly tenantId: string;
  /** The credential of that name, whether it is still good or not. */
  find(kind: CredentialKind, id: string): Promise<CredentialHolder | undefined>;
  list(): Promise<readonly { readonly account: PartnerAccount; readonly credentials: readonly KeptCredential[] }[]>;
  /** Throws `PartnerStoreError` for an id that another partner has. */
  admit(account: PartnerAccount): Promise<void>;
  /**
   * Adds a credential; with `othersUntil`, the partner's others of its kind end then, unless they end before. Throws `PartnerStoreError`
   * for a partner that is not known or a credential that exists.
   */
  add(credential: PartnerCredential, othersUntil?: Date): Promise<void>;
  /** Takes one credential of a partner back, or all; tells how many. */
  revoke(partnerId: string, credentialId?: string): Promise<number>;
}
