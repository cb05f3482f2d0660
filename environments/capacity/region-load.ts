import type { Region } from "../residency.ts";

/** How many calls of a gateway a caller has under way, and after how many milliseconds an answer is slow. */
export interface RegionLoad {
  readonly maxConcurrentRequests: number;
  readonly latencyThresholdMs: number;
}

const [US, EU, APAC] = [
  { maxConcurrentRequests: 100, latencyThresholdMs: 200 },
  { maxConcurrentRequests: 80, latencyThresholdMs: 250 },
  { maxConcurrentRequests: 60, latencyThresholdMs: 300 },
];

/** The specification's `per_region_config`; a standby takes what its primary takes, and São Paulo what Singapore does. */
export const REGION_LOAD: Readonly<Record<Region, RegionLoad>> = {
  "us-east-1": US,
  "us-west-2": US,
  "eu-west-1": EU,
  "eu-central-1": EU,
  "ap-southeast-1": APAC,
  "ap-southeast-2": APAC,
  "sa-east-1": APAC,
};

/** The load of a region by its name; throws `TypeError` for one that the platform does not know. */
export function loadOf(region: string): RegionLoad {
  const found = Object.entries(REGION_LOAD).find(([it]) => it === region)?.[1];
  if (found === undefined) throw new TypeError(`nothing is known of the load of "${region}"`);
  return found;
}
