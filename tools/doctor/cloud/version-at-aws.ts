import { DescribeClusterVersionsCommand, EKSClient } from "@aws-sdk/client-eks";
import { dayOf } from "../../../contracts/day.ts";
import { CLUSTER_VERSION } from "../../../environments/cluster-version.ts";
import type { Environment } from "../../../environments/schema.ts";
import { type Finding, guarded, verdicts } from "../check.ts";
import { NEXT_VERSION } from "../cluster-version.ts";
import type { Aws } from "./aws.ts";

/** Whether clusters would be of a version on standard support by what Amazon EKS says (DescribeClusterVersions), in the first region. */
export function lookAtVersionAtAws(aws: Aws, { regions }: Environment): Promise<readonly Finding[]> {
  const check = "EKS version at AWS";
  const region = Object.keys(regions)[0] ?? "";
  return guarded(check, `aws eks describe-cluster-versions --region ${region}`, async () => {
    const { version } = CLUSTER_VERSION;
    const { ok, missing } = verdicts(check);
    const command = new DescribeClusterVersionsCommand({ clusterVersions: [version] });
    const { clusterVersions: [found] = [] } = await aws(EKSClient, region).send(command);
    const status = found?.versionStatus ?? "unknown";
    const ends = found?.endOfStandardSupportDate;
    const until = ends === undefined ? "" : `, until ${dayOf(ends)}`;
    return status === "STANDARD_SUPPORT"
      ? ok(`${version} is on standard support${until}`)
      : missing(`${version} is ${status}`, NEXT_VERSION);
  });
}
