import type { MiddlewareHandler } from "hono";
import {
  type CounterFactory,
  limitRequests,
  type QuotaPolicy,
  rateLimit,
  type RateLimit,
} from "../library/rate-limit.ts";
import type { PartnerEnvironment } from "./partners/partner-environment.ts";
import type { PartnerTier } from "../../../contracts/bff/partner-access.ts";

const DAY = 86_400;

/** What all partners of a tenant may send together (specification, 5.3: "10000/day"). */
const OF_TENANT: readonly QuotaPolicy[] = [{ name: "tenant-day", requests: 10_000, windowSeconds: DAY }];

/** What each partner may send, by its tier: no partner below premium can use up what its tenant has. */
const OF_TIER: { readonly [Tier in PartnerTier]: readonly QuotaPolicy[] } = {
  basic: tier("basic", 60, 1_000),
  standard: tier("standard", 300, 5_000),
  premium: tier("premium", 1_200, 10_000),
};

/** Counts each request against the quotas of its partner, and, if these let it through, against its tenant's. */
export function partnerQuotas(counter: CounterFactory): MiddlewareHandler<PartnerEnvironment> {
  const ofTenant = rateLimit(OF_TENANT, counter);
  const ofTier: { readonly [Tier in PartnerTier]: RateLimit } = {
    basic: rateLimit(OF_TIER.basic, counter),
    standard: rateLimit(OF_TIER.standard, counter),
    premium: rateLimit(OF_TIER.premium, counter),
  };
  return limitRequests<PartnerEnvironment>(({ var: { partner } }) => ({
    holder: `${partner.tenantId}/${partner.id}`,
    limit: async (holder) => {
      const own = await ofTier[partner.tier](holder);
      return own.some((it) => it.isExceeded) ? own : [...own, ...(await ofTenant(partner.tenantId))];
    },
  }));
}

function tier(name: PartnerTier, perMinute: number, perDay: number): readonly QuotaPolicy[] {
  return [
    { name: `${name}-minute`, requests: perMinute, windowSeconds: 60 },
    { name: `${name}-day`, requests: perDay, windowSeconds: DAY },
  ];
}
