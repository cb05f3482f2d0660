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

/** What 99 of 100 calls of a gateway are decided within, in milliseconds: `alarm_threshold` of the specification's `AgentGatewayLatency`. */
export const DECISION_MS = 100;

/** The availability in percent of an agent or a BFF: the highest that is promised to a scenario that it serves. */
export function availabilityOf(scenarios: readonly Scenario[]): number {
  return Math.max(...scenarios.map((it) => OBJECTIVES[it].availabilityPercent));
}

/** What is promised of every database; a metric beyond one of these for five minutes is told. */
export const DATABASE_OBJECTIVES = {
  /** Milliseconds until a transaction is committed, on average: `Database < 150ms` of the specification. */
  commitMs: 150,
  /** Percent of the capacity that it may grow to. */
  capacityPercent: 90,
  /** Four fifths of the 1,669 that Aurora PostgreSQL takes at 8 capacity units, to which every database may grow. */
  connections: 1_300,
} as const;

/** What is promised of the identity provider of developers: the share of requests that do not fail by our fault. */
export const IDENTITY_OBJECTIVE: Objective = { availabilityPercent: 99.9 };

/** When failures use up the budget of 30 days too fast: 2 % of it in an hour, or 5 % in six (Google, "Alerting on SLOs", SRE workbook). */
export const BURN_RATES = { quick: { hours: 1, factor: 14.4 }, slow: { hours: 6, factor: 6 } } as const;
