import type { Release } from "../../releases/releases.ts";
import { ReleaseProblem } from "./release-problem.ts";

type Version = Release["version"];

/** Reads a version as the release data has it: three numbers, nothing before or behind them. */
export function parseVersion(text: string): Version {
  if (/^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.test(text)) return text as Version;
  throw new ReleaseProblem(`version "${text}" must be major.minor.patch, such as 3.1.0`);
}

/** Whether `one` comes after `other`. */
export function isNewer(one: Version, other: Version): boolean {
  const [a, b] = [one, other].map((it) => it.split(".").map(Number));
  const different = a?.findIndex((part, index) => part !== b?.[index]) ?? -1;
  return different >= 0 && (a?.[different] ?? 0) > (b?.[different] ?? 0);
}
