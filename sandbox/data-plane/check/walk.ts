import assert from "node:assert/strict";

/** One thing that was tried, and what was seen. */
export interface Step {
  readonly what: string;
  /** What was seen, or why it is not what it should be. */
  readonly seen: string;
  readonly passed: boolean;
  readonly durationMs: number;
}

/** The steps of one scenario. */
export interface WalkedScenario {
  readonly title: string;
  readonly steps: readonly Step[];
}

/** Goes through a scenario step by step; what fails is told, and the rest is tried all the same. */
export class Walk {
  readonly steps: Step[] = [];
  private readonly onStep: (step: Step) => void;

  constructor(onStep: (step: Step) => void) {
    this.onStep = onStep;
  }

  /** Tries something; `work` answers with what it saw, or throws. */
  async step(what: string, work: () => Promise<string>): Promise<void> {
    const began = performance.now();
    const outcome = await work().then(
      (seen) => ({ seen, passed: true }),
      (error: unknown) => ({ seen: error instanceof Error ? error.message : String(error), passed: false }),
    );
    const step = { what, ...outcome, durationMs: performance.now() - began };
    this.steps.push(step);
    this.onStep(step);
  }
}

/** Requires that what was seen is what should be; throws with both. */
export function expected(seen: unknown, should: unknown, what: string): void {
  assert.deepEqual(seen, should, `${what}: ${JSON.stringify(seen)} instead of ${JSON.stringify(should)}`);
}

/** Requires a truth; throws with its words. */
export function holds(truth: boolean, words: string): void {
  if (!truth) throw new Error(words);
}
