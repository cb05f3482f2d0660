import { Problem } from "../service-kit/problem.ts";

/** What one call may use. */
export interface BudgetLimits {
  /** Times that the model is asked. */
  readonly steps: number;
  readonly toolCalls: number;
  readonly tokens: number;
}

/** Enough for an answer with a few tools; a model that loops meets the end soon. */
export const BUDGET: BudgetLimits = { steps: 8, toolCalls: 16, tokens: 60_000 };

/** Counts what a call uses; throws `Problem` once it is too much. */
export class Budget {
  private readonly limits: BudgetLimits;
  private steps = 0;
  private toolCalls = 0;
  private tokens = 0;

  constructor(limits: BudgetLimits) {
    this.limits = limits;
  }

  step(): void {
    if (++this.steps > this.limits.steps) throw exhausted("STEPS", `${this.limits.steps} steps`);
  }

  toolCall(): void {
    if (++this.toolCalls > this.limits.toolCalls) throw exhausted("TOOLS", `${this.limits.toolCalls} calls of tools`);
  }

  use(tokens: number): void {
    this.tokens += tokens;
    if (this.tokens > this.limits.tokens) throw exhausted("TOKENS", `${this.limits.tokens} tokens`);
  }
}

function exhausted(what: string, limit: string): Problem {
  return new Problem(`ERR_BUDGET_${what}`, `more than ${limit}`, "the request takes more work than an agent may do");
}
