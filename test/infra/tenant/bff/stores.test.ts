import { describe, expect, it } from "vitest";
import { statements } from "../../../components/planned.ts";
import { ACME, resourceOf, resourcesOfType } from "../../plans.ts";

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

  it("let partners' files go below one prefix of a bucket", () => {
    const bucket = String(resourceOf(ACME, "aws:s3/bucket:Bucket", "bff-b2b-uploads").outputs?.["arn"]);
    const [objects] = statements(resourceOf(ACME, POLICY, "bff-b2b-uploads").inputs["policy"]);
    expect(objects).toMatchObject({ Resource: `${bucket}/uploads/*` });
  });
});
