import type { Day } from "../../contracts/day.ts";
import { CLUSTER_VERSION } from "../../environments/cluster-version.ts";
import { type Finding, verdicts } from "./check.ts";

/** What to do when the version has no standard support. */
export const NEXT_VERSION = "name a version on standard support in environments/cluster-version.ts";

/** Whether clusters would be of a version that is supported on this day, by the date that the data gives. */
export function lookAtVersion(today: Day, { version, supportedUntil } = CLUSTER_VERSION): Finding {
  const { ok, missing } = verdicts("EKS version");
  return today <= supportedUntil
    ? ok(`${version}, supported until ${supportedUntil}`)
    : missing(`standard support of ${version} ended on ${supportedUntil}`, NEXT_VERSION);
}
