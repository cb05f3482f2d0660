import parse from "semver/functions/parse.js";
import type { Release } from "../../releases/releases.ts";
import { ReleaseProblem } from "./release-problem.ts";

/** Reads a version as the release data has it: major.minor.patch, no pre-release, no build. Throws `ReleaseProblem` for anything else. */
export function parseVersion(text: string): Release["version"] {
  const it = parse(text);
  if (it !== null && text === `${it.major}.${it.minor}.${it.patch}`) return text as Release["version"];
  throw new ReleaseProblem(`version "${text}" must be major.minor.patch, such as 3.1.0`);
}
