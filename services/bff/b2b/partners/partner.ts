import type { PartnerScope, PartnerTier } from "../../../../contracts/bff/partner-access.ts";

/** How a partner proves who it is. */
export const CREDENTIAL_KINDS = ["api-key", "oauth-client", "client-certificate"] as const;

/** One of `CREDENTIAL_KINDS`. */
export type CredentialKind = (typeof CREDENTIAL_KINDS)[number];

/** The partner that sends a request, as its credential proves. */
export interface Partner {
  readonly tenantId: string;
  /** Unique within the tenant; of the form of `IDENTIFIER.organizationId`. */
  readonly id: string;
  /** The customer of the tenant on whose account the partner orders: it reads and changes nothing of other customers. */
  readonly customerId: string;
  readonly tier: PartnerTier;
  /** What this credential allows. */
  readonly scopes: readonly PartnerScope[];
  readonly credential: {
    readonly kind: CredentialKind;
    /** Names the credential without giving it away: prefix of the key, id of the client, digest of the certificate. */
    readonly id: string;
  };
}
