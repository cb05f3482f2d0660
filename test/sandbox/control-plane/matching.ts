import { expect } from "vitest";

/** Stands in an expected value for any text that the pattern matches. */
export function matching(pattern: string | RegExp): unknown {
  return expect.stringMatching(pattern);
}
