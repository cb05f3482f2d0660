import { DISTRIBUTIONS } from "../../../environments/costs/distributions.ts";
import { PRICES, PRICES_OF } from "../../../environments/costs/prices.ts";
import { costsBy, type Estimate, isAboveBudget } from "../../cost/estimate.ts";
import type { CostLine } from "../../cost/line.ts";
import { leversOf } from "../../cost/levers.ts";
import { tableText } from "./table.ts";

const WAYS: readonly (readonly [head: string, key: (it: CostLine) => string])[] = [
  ["Layer", (it) => it.layer],
  ["Region", (it) => it.region ?? "in no region"],
  ["Tenant", (it) => it.tenant ?? "shared"],
  ["Service", (it) => it.service],
];

/** An estimate as tables: by layer, region, tenant and service, beside the specification, with what saves, and beside the budget. */
export function costText(it: Estimate, hosting: "eks" | "runtime"): string {
  return [
    ...WAYS.map(([head, key]) => partsText(head, costsBy(it.lines, key), it.usd)),
    distributionText(it, hosting === "eks" ? "production" : "proof of concept"),
    leversText(it),
    ...unpricedText(it),
    `Prices up to ${PRICES_OF}, in US dollars without tax; ${percent(assumedUsd(it), it.usd)} rests on assumptions about use (environments/costs/usage.ts), ${percent(uncheckedUsd(it), it.usd)} on prices that were compared with no list (environments/costs/prices.ts).`,
    budgetText(it),
  ].join("\n");
}

/** An estimate as data. */
export function costData(it: Estimate): object {
  const by = Object.fromEntries(
    WAYS.map(([head, key]) => [head.toLowerCase(), Object.fromEntries(costsBy(it.lines, key))]),
  );
  return {
    pricesOf: PRICES_OF,
    ...it,
    assumedUsd: assumedUsd(it),
    uncheckedUsd: uncheckedUsd(it),
    isAboveBudget: isAboveBudget(it),
    by,
    levers: leversOf(it),
  };
}

function partsText(head: string, parts: ReadonlyMap<string, number>, whole: number): string {
  const rows = [...parts].map(([name, usd]) => [name, money(usd), percent(usd, whole)]);
  return tableText([{ head }, { head: "USD a month", align: "right" }, { head: "Share", align: "right" }], rows);
}

function distributionText({ lines, usd }: Estimate, name: keyof typeof DISTRIBUTIONS): string {
  const own = costsBy(lines, (it) => it.category);
  const specified = new Map<string, number>(Object.entries(DISTRIBUTIONS[name]));
  const rows = [...new Set([...specified.keys(), ...own.keys()])].map((category) => [
    category,
    `${specified.get(category) ?? 0} %`,
    percent(own.get(category) ?? 0, usd),
  ]);
  return tableText(
    [{ head: `Of ${name}` }, { head: "Specified", align: "right" }, { head: "Estimated", align: "right" }],
    rows,
  );
}

function leversText(it: Estimate): string {
  const rows = leversOf(it).map(({ name, state, savedUsd, why }) => [name, state, money(savedUsd), why]);
  return tableText(
    [{ head: "What saves" }, { head: "State" }, { head: "USD a month", align: "right" }, { head: "Why", drop: 1 }],
    rows,
  );
}

function unpricedText({ unpriced }: Estimate): readonly string[] {
  const all = Object.entries(unpriced).map(([type, count]) => `${count} ${type.split(":").at(-1) ?? type}`);
  return [`Not in it: tokens of models${all.length > 0 ? `, ${all.join(", ")}` : ""}.`];
}

function budgetText(it: Estimate): string {
  const estimated = `The estimate is ${money(it.usd)} US dollars a month`;
  if (it.budgetUsd === undefined) return `${estimated}; the budget follows what is spent.`;
  return isAboveBudget(it)
    ? `${estimated}, above the budget of ${money(it.budgetUsd)}: raise the amount in environments/costs/budgets.ts, or plan less.`
    : `${estimated}, within the budget of ${money(it.budgetUsd)}.`;
}

function assumedUsd({ lines }: Estimate): number {
  return lines.filter((it) => it.isAssumed).reduce((sum, it) => sum + it.usd, 0);
}

function uncheckedUsd({ lines }: Estimate): number {
  return lines.filter((it) => !PRICES[it.priced].isChecked).reduce((sum, it) => sum + it.usd, 0);
}

function money(usd: number): string {
  return Math.round(usd).toLocaleString("en-US");
}

function percent(part: number, whole: number): string {
  return `${whole === 0 ? 0 : Math.round((part / whole) * 100)} %`;
}
