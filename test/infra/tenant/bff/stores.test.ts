import { describe, expect, it, vi } from "vitest";
import type { PlannedResource } from "../../../../plan/model.ts";
import { AWS_CALLS } from "../../../../releases/aws-calls.ts";
import { planStacks, type StackPlan } from "../../../../tools/offline-planner/plan.ts";
import { statements } from "../../../components/planned.ts";
import { ACME, resourceOf, resourcesOf, resourcesOfType } from "../../plans.ts";

const TABLE = "aws:dynamodb/table:Table";
const POLICY = "aws:iam/rolePolicy:RolePolicy";

describe("the stores of a BFF", () => {
  it("expire, survive mistakes and are under the tenant's key", () => {
    const kmsKeyArn = resourceOf(ACME, "aws:kms/key:Key", "key").outputs?.["arn"];
    const tables = resourcesOfType(ACME, TABLE).filter((it) => it.name.startsWith("bff-"));
    expect(tables).toHaveLength(6);
    for (const it of tables) {
      expect(it.inputs).toMatchObject({
        hashKey: "key",
        ttl: { attributeName: "expire", enabled: true },
        serverSideEncryption: { enabled: true, kmsKeyArn },
        pointInTimeRecovery: { enabled: true },
        deletionProtectionEnabled: true,
      });
    }
  });

  it("find the rows of a job below the job", () => {
    expect(resourceOf(ACME, TABLE, "bff-b2b-jobs").inputs["rangeKey"]).toBe("part");
    expect(resourceOf(ACME, TABLE, "bff-b2c-sessions").inputs["rangeKey"]).toBeUndefined();
  });

  it("are read by that BFF alone", () => {
    const arn = resourceOf(ACME, TABLE, "bff-b2c-sessions").outputs?.["arn"];
    const readers = resourcesOfType(ACME, POLICY).filter((it) =>
      statements(it.inputs["policy"]).some(({ Resource }) => Resource === arn),
    );
    const role = resourceOf(ACME, "aws:iam/role:Role", "bff-b2c").outputs?.["name"];
    expect(readers.map((it) => it.inputs["role"])).toEqual([role]);
  });

  it("let partners' files go below one prefix of a bucket, and be removed there", () => {
    const resources = resourcesOf(ACME);
    const bucket = uploadsIn(resources);
    expect(grantsOn(bucket, resources, "bff-b2b")).toEqual([
      { Effect: "Allow", Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], Resource: `${bucket}/uploads/*` },
    ]);
  });

  it("let nobody at partners' files where no code asks for them, but who copies them to the standby", async () => {
    const called = vi.spyOn(AWS_CALLS, "bff-b2b", "get").mockReturnValue({ "dynamodb:GetItem": [] });
    const resources = await planned().finally(() => called.mockRestore());
    const bucket = uploadsIn(resources);
    const holders = resources.filter((it) => it.type === POLICY && grantsOn(bucket, [it]).length > 0);
    expect(holders.map((it) => it.name)).toEqual(["bff-b2b-uploads-copies"]);
  });
});

/** What the tenant's stack asks for by what code calls now. */
async function planned(): Promise<readonly PlannedResource[]> {
  const [{ plan }] = (await planStacks([ACME], { preview: "known" })) as [StackPlan];
  return plan.resources;
}

/** The ARN of the bucket of partners' files. */
function uploadsIn(resources: readonly PlannedResource[]): string {
  const it = resources.find(({ type, name }) => type === "aws:s3/bucket:Bucket" && name === "bff-b2b-uploads");
  return String(it?.outputs?.["arn"]);
}

/** The statements of policies of roles, or of those of one role, that are on a bucket or on what is in it. */
function grantsOn(
  bucket: string,
  resources: readonly PlannedResource[],
  role?: string,
): readonly Readonly<Record<string, unknown>>[] {
  const roleName = resources.find((it) => it.type === "aws:iam/role:Role" && it.name === role)?.outputs?.["name"];
  return resources
    .filter((it) => it.type === POLICY && (role === undefined || it.inputs["role"] === roleName))
    .flatMap((it) => statements(it.inputs["policy"]))
    .filter(({ Resource }) => [Resource].flat().some((it) => it === bucket || String(it).startsWith(`${bucket}/`)));
}
