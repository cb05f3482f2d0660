import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  NoSuchResourceException,
  ServiceQuotasClient,
} from "@aws-sdk/client-service-quotas";
import type { Environment } from "../../../environments/schema.ts";
import { tenantRegions } from "../../../environments/address.ts";
import { type Finding, guarded, verdicts } from "../check.ts";
import type { Aws } from "./aws.ts";

/** What is left over of a quota when the environment has taken its part, as a share of that part. */
const HEADROOM = 0.25;

/** IAM is global, and its quotas are managed there (Service Quotas, "Global services"). */
const GLOBAL_REGION = "us-east-1";

/** A quota of AWS, by its code, and how much of it an environment takes. */
interface Quota {
  readonly service: string;
  readonly code: string;
  readonly name: string;
  readonly global?: true;
  /** In a region with so many tenants; for a global quota, in all regions with so many tenants in each. */
  readonly takes: (tenants: readonly number[]) => number;
}

const sum = (all: readonly number[]): number => all.reduce((total, it) => total + it, 0);

/** Counts are those of a plan: three zones, 26 endpoints, and up to 20 roles for a tenant in a region. */
const QUOTAS: readonly Quota[] = [
  { service: "vpc", code: "L-F678F1CE", name: "VPCs", takes: () => 1 },
  { service: "vpc", code: "L-29B6F2EB", name: "interface endpoints of a VPC", takes: () => 26 },
  { service: "ec2", code: "L-0263D0A3", name: "Elastic IPs", takes: () => 3 },
  { service: "eks", code: "L-1194D53C", name: "EKS clusters", takes: () => 1 },
  { service: "rds", code: "L-952B80B8", name: "Aurora clusters", takes: sum },
  {
    service: "lambda",
    code: "L-B99A9384",
    name: "concurrent functions",
    takes: (tenants) => 50 * Math.max(1, sum(tenants)),
  },
  {
    service: "iam",
    code: "L-FE177D64",
    name: "roles",
    global: true,
    takes: (tenants) => 10 * tenants.length + 20 * sum(tenants),
  },
];

/** Compares the account's quotas with what the environment takes of them, and some headroom. What else is in the account is not counted. */
export async function lookAtQuotas(aws: Aws, environment: Environment): Promise<readonly Finding[]> {
  const regions = Object.keys(environment.regions);
  const tenantsIn = regions.map(
    (region) => Object.values(environment.tenants).filter((it) => tenantRegions(it).some((of) => of === region)).length,
  );
  const looks = QUOTAS.flatMap((quota) => {
    if (quota.global) return [lookAt(aws, quota, GLOBAL_REGION, quota.takes(tenantsIn))];
    return regions.map((region, index) => lookAt(aws, quota, region, quota.takes([tenantsIn[index] ?? 0])));
  });
  return (await Promise.all(looks)).flat();
}

function lookAt(aws: Aws, quota: Quota, region: string, taken: number): Promise<readonly Finding[]> {
  const { service, code, name } = quota;
  const check = `${quota.global ? "account" : region}: ${name}`;
  const about = `--service-code ${service} --quota-code ${code} --region ${region}`;
  return guarded(check, `aws service-quotas get-service-quota ${about}`, async () => {
    const { ok, missing } = verdicts(check);
    const value = await valueOf(aws, quota, region);
    const wanted = Math.ceil(taken * (1 + HEADROOM));
    const detail = `${value}, of which ${taken} are taken`;
    const next = `aws service-quotas request-service-quota-increase ${about} --desired-value ${wanted}`;
    return value >= wanted ? ok(detail) : missing(`${detail}: ${wanted} are wanted`, next);
  });
}

/** The applied quota, or AWS's own default where the account has none of its own. */
async function valueOf(aws: Aws, { service, code }: Quota, region: string): Promise<number> {
  const client = aws(ServiceQuotasClient, region);
  const input = { ServiceCode: service, QuotaCode: code };
  const applied = client.send(new GetServiceQuotaCommand(input)).catch((error: unknown) => {
    if (error instanceof NoSuchResourceException) return client.send(new GetAWSDefaultServiceQuotaCommand(input));
    throw error;
  });
  const { Quota: found } = await applied;
  if (found?.Value === undefined) throw new Error(`AWS does not say the quota ${code} of ${service}`);
  return found.Value;
}
