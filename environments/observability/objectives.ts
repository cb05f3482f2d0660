import type { Scenario } from "../../contracts/scenarios.ts";

/** What is promised of a gateway, and of the agents and BFFs that serve its scenario: the share of calls that do not fail by our fault. How fast its servers answer is said by region (`REGION_LOAD`). */
export interface Objective {
  readonly availabilityPercent: number;
}

/** The objectives of each scenario's gateway: 99.9 % to consumers and partners (`availability` of the specification), 99.5 % to developers. */
export const OBJECTIVES: Readonly<Record<Scenario, Objective>> = {
  internal: { availabilityPercent: 99.5 },
  b2c: { availabilityPercent: 99.9 },
  b2b: { availabilityPercent: 99.9 },
};

/** The availability in percent of an agent or a BFF: the highest that is promised to a scenario that it serves. */
export function availabilityOf(scenarios: readonly Scenario[]): number {
  return Math.max(...scenarios.map((it) => OBJECTIVES[it].availabilityPercent));
}

/** When failures use up the budget of 30 days too fast: 2 % of it in an hour, or 5 % in six (Google, "Alerting on SLOs", SRE workbook). */
export const BURN_RATES = { quick: { hours: 1, factor: 14.4 }, slow: { hours: 6, factor: 6 } } as const;
