import { parseAddress } from "../../environments/address.ts";
import { SAVINGS } from "../../environments/costs/usage.ts";
import type { Day } from "../../contracts/day.ts";
import type { environments } from "../../environments/index.ts";
import type { Region } from "../../environments/residency.ts";
import type { Plan } from "../../plan/model.ts";
import { type CostLine, lineOf, type Payer } from "./line.ts";
import { nodeUses } from "./nodes.ts";
import { QUANTITIES, UNPRICED } from "./quantities.ts";

/** What an environment would cost in a month, in US dollars. */
export interface Estimate {
  readonly lines: readonly CostLine[];
  readonly usd: number;
  /** The amount of the planned budget; `undefined` where it follows what was spent. */
  readonly budgetUsd: number | undefined;
  /** What Spot capacity saves against on-demand nodes. */
  readonly savedBySpotUsd: number;
  /** Types of the plan that are paid for by use, and have no price here, with how many there are. */
  readonly unpriced: Readonly<Record<string, number>>;
}

/** Estimates what the plans of an environment's stacks cost in a month. */
export function estimate(plans: readonly Plan[], today: Day, known: typeof environments): Estimate {
  const all = plans.map((plan) => ({ plan, payer: payerOf(plan.stack) }));
  const nodes = all.flatMap(({ plan, payer }) =>
    nodeUses(plan, today, known).map((use) => ({ use, line: lineOf(payer, use.workload, use) })),
  );
  const lines = [...all.flatMap(({ plan, payer }) => resourceLines(plan, payer)), ...nodes.map(({ line }) => line)];
  const spot = nodes.filter(({ use }) => use.isSpot);
  const savedBySpotUsd = sumOf(spot.map(({ line, use }) => (line.usd / (use.share ?? 1)) * SAVINGS.spot));
  const resources = plans.flatMap((it) => it.resources);
  const budget = resources.find((it) => it.type === "aws:budgets/budget:Budget")?.inputs["limitAmount"];
  const budgetUsd = budget === undefined ? undefined : Number(budget);
  const counts = UNPRICED.map((type) => [type, resources.filter((it) => it.type === type).length] as const);
  const unpriced = Object.fromEntries(counts.filter(([, count]) => count > 0));
  return { lines, usd: sumOf(lines.map((it) => it.usd)), budgetUsd, savedBySpotUsd, unpriced };
}

/** The costs of the lines by what `key` says of each, the greatest first. */
export function costsBy(lines: readonly CostLine[], key: (line: CostLine) => string): ReadonlyMap<string, number> {
  const all = new Map<string, number>();
  for (const it of lines) all.set(key(it), (all.get(key(it)) ?? 0) + it.usd);
  return new Map([...all].toSorted(([, a], [, b]) => b - a));
}

/** Whether the estimate is above the planned budget. */
export function isAboveBudget({ usd, budgetUsd }: Pick<Estimate, "usd" | "budgetUsd">): boolean {
  return budgetUsd !== undefined && usd > budgetUsd;
}

function resourceLines(plan: Plan, payer: Payer): readonly CostLine[] {
  return plan.resources.flatMap(({ type, name, inputs }) => {
    const own = inputs["region"];
    const place = typeof own === "string" && payer.region === undefined ? { ...payer, region: own as Region } : payer;
    return (QUANTITIES[type]?.(inputs) ?? []).map((it) => lineOf(place, name, it));
  });
}

function payerOf(stack: string): Payer {
  const address = parseAddress(stack);
  const region = address.layer === "environment" ? undefined : address.region;
  const tenant = address.layer === "tenant" ? address.tenant.id : undefined;
  return { stack, layer: address.layer, region, tenant };
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, it) => sum + it, 0);
}
