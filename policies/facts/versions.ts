import parse from "semver/functions/parse.js";

/** The major number of a semantic version (semver.org 2.0.0), or `undefined` for any other text. */
export function majorOf(text: string | undefined): number | undefined {
  return parse(text)?.major;
}

/** Whether one semantic version comes after another; only major, minor and patch count, and any other text comes before all versions. */
export function isNewer(one: string | undefined, other: string | undefined): boolean {
  const [a, b] = [parse(one), parse(other)];
  if (a === null) return false;
  return b === null || a.compareMain(b) > 0;
}
