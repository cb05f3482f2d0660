/** What a credential of a partner may allow; each route of the BFF names the one that it needs. */
export const PARTNER_SCOPES = [
  "orders:read",
  "orders:write",
  "products:read",
  "agents:ask",
  "webhooks:manage",
  "batches:write",
] as const;

/** One of `PARTNER_SCOPES`. */
export type PartnerScope = (typeof PARTNER_SCOPES)[number];

/** What a partner has agreed on with the tenant: how much it may call. */
export const PARTNER_TIERS = ["basic", "standard", "premium"] as const;

/** One of `PARTNER_TIERS`. */
export type PartnerTier = (typeof PARTNER_TIERS)[number];
