import { DescribeAvailabilityZonesCommand, DescribeRegionsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { type Region, ZONE_IDS } from "../../../environments/residency.ts";
import type { Environment } from "../../../environments/schema.ts";
import { type Finding, guarded, verdicts } from "../check.ts";
import type { Aws } from "./aws.ts";

/** Whether the account may use each region (Amazon EC2, DescribeRegions), and has the zones in it that the network takes. */
export async function lookAtRegions(aws: Aws, { regions }: Environment): Promise<readonly Finding[]> {
  const names = Object.keys(regions) as Region[];
  const enabled = await guarded("regions", "aws ec2 describe-regions", async () => {
    const command = new DescribeRegionsCommand({ AllRegions: true });
    const { Regions = [] } = await aws(EC2Client, names[0] ?? "").send(command);
    const states = new Map(Regions.map((it) => [it.RegionName, it.OptInStatus]));
    return names.map((region) => {
      const { ok, missing } = verdicts(`${region}: enabled`);
      const state = states.get(region) ?? "unknown";
      const isEnabled = state === "opt-in-not-required" || state === "opted-in";
      return isEnabled ? ok(state) : missing(state, `aws account enable-region --region-name ${region}`);
    });
  });
  return [...enabled, ...(await Promise.all(names.map((it) => zonesOf(aws, it)))).flat()];
}

function zonesOf(aws: Aws, region: Region): Promise<readonly Finding[]> {
  const check = `${region}: zones`;
  return guarded(check, `aws ec2 describe-availability-zones --region ${region}`, async () => {
    const { ok, missing } = verdicts(check);
    const { AvailabilityZones = [] } = await aws(EC2Client, region).send(new DescribeAvailabilityZonesCommand({}));
    const found = AvailabilityZones.map((it) => it.ZoneId);
    const absent = ZONE_IDS[region].filter((it) => !found.includes(it));
    const next = "name other zones in ZONE_IDS of environments/residency.ts";
    return absent.length === 0
      ? ok(ZONE_IDS[region].join(", "))
      : missing(`the account has no ${absent.join(", ")}, but ${found.join(", ")}`, next);
  });
}
