/** What a tenant takes of its partners' orders, beyond their form; a rule that is absent allows all. */
export interface OrderRules {
  /** How many lines an order may have. */
  readonly mostLines?: number | undefined;
  /** How many units of all lines together. */
  readonly mostUnits?: number | undefined;
  /** What may be ordered: article numbers, or how they begin, followed by `*`. */
  readonly skus?: readonly string[] | undefined;
}

/** The bounds of the rules themselves. */
export const ORDER_RULE_LIMITS = { lines: 100, units: 100_000, skus: 50 } as const;

/** One of `skus`: an article number, or how such numbers begin and `*`. */
export const SKU_RULE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}\*?$/;
