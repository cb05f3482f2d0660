import { type Region, ZONE_IDS } from "../../../environments/residency.ts";
import type { Environment } from "../../../environments/schema.ts";
import { type Finding, guarded, verdicts } from "../check.ts";
import type { Answer, Aws } from "./aws.ts";

/** Whether the account may use each region (Amazon EC2, DescribeRegions), and has the zones in it that the network takes. */
export async function lookAtRegions(aws: Aws, { regions }: Environment): Promise<readonly Finding[]> {
  const names = Object.keys(regions) as Region[];
  const enabled = await guarded("regions", "aws ec2 describe-regions", async () => {
    const parameters = { AllRegions: "true" };
    const answer = await aws.query("ec2", names[0] ?? "", "DescribeRegions", parameters);
    const states = new Map(
      itemsOf(answer, "DescribeRegionsResponse", "regionInfo").map((it) => [it["regionName"], it["optInStatus"]]),
    );
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
    const answer = await aws.query("ec2", region, "DescribeAvailabilityZones");
    const found = itemsOf(answer, "DescribeAvailabilityZonesResponse", "availabilityZoneInfo").map(
      (it) => it["zoneId"],
    );
    const absent = ZONE_IDS[region].filter((it) => !found.includes(it));
    const next = "name other zones in ZONE_IDS of environments/residency.ts";
    return absent.length === 0
      ? ok(ZONE_IDS[region].join(", "))
      : missing(`the account has no ${absent.join(", ")}, but ${found.join(", ")}`, next);
  });
}

/** The items of a list in an answer of Amazon EC2; a list with one item is that item. */
function itemsOf(answer: Answer, response: string, list: string): readonly Readonly<Record<string, string>>[] {
  const body = answer[response] as Readonly<Record<string, { readonly item?: unknown }>> | undefined;
  const items = body?.[list]?.item ?? [];
  return (Array.isArray(items) ? items : [items]) as readonly Readonly<Record<string, string>>[];
}
