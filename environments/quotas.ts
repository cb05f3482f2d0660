import type { DirectoryEntry } from "../contracts/directory-entry.ts";
import { type Scenario, SCENARIOS } from "../contracts/scenarios.ts";

/** How much one caller may call, by the name of a tier (specification, 5.4). */
const TIERS = {
  /** Somebody with an IDE; the rate is the specification's: calls a minute in the long run, and at most so many at once. */
  developer: { perHour: 10_000, perDay: 100_000, sharedBy: "caller", rate: { perMinute: 1_000, burst: 100 } },
  /** A person: ten calls of tools for each of the 1,000 requests an hour that the BFF lets through. */
  consumer: { perHour: 10_000, perDay: 50_000, sharedBy: "caller" },
  /** A partner: ten for each of the 10,000 requests a day that the BFF lets through. */
  enterprise: { perHour: 10_000, perDay: 100_000, sharedBy: "caller" },
} as const satisfies Readonly<Record<string, DirectoryEntry["tier"]>>;

/** The name of a tier. */
export type TierName = keyof typeof TIERS;

/** The names of all tiers. */
export const tierNames = Object.keys(TIERS) as [TierName, ...TierName[]];

/** The tier of a scenario's callers where their tenant has no other. */
const TIER_OF: Readonly<Record<Scenario, TierName>> = { internal: "developer", b2c: "consumer", b2b: "enterprise" };

/** What the directory says of how much the callers of a tenant may call, which chose these tiers for some of its scenarios. */
export function quotasOf(
  chosen: Readonly<Partial<Record<Scenario, TierName | undefined>>> = {},
): Pick<DirectoryEntry, "tier" | "tiers"> {
  const tierOf = (scenario: Scenario): DirectoryEntry["tier"] => TIERS[chosen[scenario] ?? TIER_OF[scenario]];
  return { tier: TIERS.consumer, tiers: Object.fromEntries(SCENARIOS.map((it) => [it, tierOf(it)])) };
}
