import { type Day, dayOf } from "../../contracts/day.ts";
import { CLUSTER_VERSION } from "../../environments/cluster-version.ts";
import type { Environment } from "../../environments/schema.ts";
import type { Aws } from "./cloud/aws.ts";
import { type Finding, guarded, verdicts } from "./check.ts";

const NEXT = "name a version on standard support in environments/cluster-version.ts";

/** Whether clusters would be of a version that is supported on this day, by the date that the data gives. */
export function lookAtVersion(today: Day, { version, supportedUntil } = CLUSTER_VERSION): Finding {
  const { ok, missing } = verdicts("EKS version");
  return today <= supportedUntil
    ? ok(`${version}, supported until ${supportedUntil}`)
    : missing(`standard support of ${version} ended on ${supportedUntil}`, NEXT);
}

/** The same by what Amazon EKS itself says (DescribeClusterVersions), in the first region. */
export function lookAtVersionAtAws(aws: Aws, { regions }: Environment): Promise<readonly Finding[]> {
  const check = "EKS version at AWS";
  const region = Object.keys(regions)[0] ?? "";
  return guarded(check, `aws eks describe-cluster-versions --region ${region}`, async () => {
    const { version } = CLUSTER_VERSION;
    const { ok, missing } = verdicts(check);
    const answer = await aws.get("eks", region, `/cluster-versions?clusterVersions=${version}`);
    const [found] = (answer["clusterVersions"] ?? []) as readonly Readonly<Record<string, unknown>>[];
    const told = found?.["versionStatus"] ?? found?.["status"];
    const status = typeof told === "string" ? told : "unknown";
    const ends = found?.["endOfStandardSupportDate"];
    const until = typeof ends === "number" ? `, until ${dayOf(new Date(ends * 1_000))}` : "";
    return status.toUpperCase() === "STANDARD_SUPPORT"
      ? ok(`${version} is on standard support${until}`)
      : missing(`${version} is ${status}`, NEXT);
  });
}
