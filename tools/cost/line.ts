import { type Category, priceIn, type Priced, PRICES } from "../../environments/costs/prices.ts";
import type { Region } from "../../environments/residency.ts";

/** Where something is paid for. */
export interface Payer {
  /** Address of the stack. */
  readonly stack: string;
  readonly layer: "environment" | "region" | "tenant";
  readonly region: Region | undefined;
  readonly tenant: string | undefined;
}

/** What is paid for one thing in a month. */
export interface CostLine extends Payer {
  readonly resource: string;
  readonly priced: Priced;
  readonly category: Category;
  readonly service: string;
  readonly quantity: number;
  readonly usd: number;
  /** Whether the quantity is an assumption about use, and not of the plan. */
  readonly isAssumed: boolean;
}

/** A quantity of something that has a price. */
export interface Quantity {
  readonly priced: Priced;
  readonly quantity: number;
  readonly isAssumed?: boolean;
  /** Share of the price that is paid. */
  readonly share?: number;
}

/** The line of a quantity, at the prices of the payer's region. */
export function lineOf(payer: Payer, resource: string, { priced, quantity, isAssumed, share = 1 }: Quantity): CostLine {
  const { category, service } = PRICES[priced];
  const usd = quantity * share * priceIn(priced, payer.region);
  return { ...payer, resource, priced, category, service, quantity, usd, isAssumed: isAssumed ?? false };
}
