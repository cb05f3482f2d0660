import type * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { ApiCredentials } from "../../../components/data/api-credentials.ts";
import { TenantBucket } from "../../../components/data/tenant-bucket.ts";
import { TenantTable } from "../../../components/data/tenant-table.ts";
import { DataKey } from "../../../components/encryption/data-key.ts";
import { planned, statements, testBoundary } from "../planned.ts";
import { directoryEntryOf } from "../tenant-programs.ts";

const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const REPLICA = "aws:kms/replicaKey:ReplicaKey";
const TABLE_COPY = "aws:dynamodb/tableReplica:TableReplica";

const plan = (standby: string | undefined) =>
  planned((opts: pulumi.ComponentResourceOptions) => {
    const place = testBoundary(opts);
    const key = new DataKey("key", { place, description: "Tests", alias: "test", standby }, opts);
    new TenantBucket("bucket", { place, key }, opts);
    new TenantTable("table", { place, key, directory: directoryEntryOf("xyz-gmbh") }, opts);
    new ApiCredentials("api", { place, tenant: "xyz-gmbh", key, apis: ["orders"] }, opts);
  });

describe("the copies of what a tenant keeps", () => {
  it("are of every object and every deletion, to a bucket of the standby that is as safe, under the replica of the key", async () => {
    const it = await plan("eu-central-1");
    const copy = it.one("aws:s3/bucket:Bucket", "bucket-standby");
    const replica = it.one(REPLICA, "key-standby").outputs?.["arn"];
    expect(copy.inputs).toMatchObject({ region: "eu-central-1" });
    for (const type of [
      "bucketPublicAccessBlock:BucketPublicAccessBlock",
      "bucketPolicy:BucketPolicy",
      "bucketVersioning:BucketVersioning",
    ])
      expect(it.inputs(`aws:s3/${type}`, "bucket-standby")).toMatchObject({ region: "eu-central-1" });
    const { rules, bucket } = it.inputs(REPLICATION, "bucket-copies");
    expect(bucket).toBe(it.inputs("aws:s3/bucket:Bucket", "bucket")["bucket"]);
    expect(rules).toEqual([
      expect.objectContaining({
        status: "Enabled",
        deleteMarkerReplication: { status: "Enabled" },
        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
        destination: expect.objectContaining({
          bucket: copy.outputs?.["arn"],
          encryptionConfiguration: { replicaKmsKeyId: replica },
        }) as object,
      }),
    ]);
  });

  it("are made by a role that reads the one bucket and writes the other, and nothing else", async () => {
    const it = await plan("eu-central-1");
    const granted = statements(it.inputs("aws:iam/rolePolicy:RolePolicy", "bucket-copies")["policy"]);
    const arn = (name: string) => String(it.one("aws:s3/bucket:Bucket", name).outputs?.["arn"]);
    const on = (action: string) => granted.find((one) => (one["Action"] as string[]).includes(action))?.["Resource"];
    expect(on("s3:GetObjectVersionForReplication")).toBe(`${arn("bucket")}/*`);
    expect(on("s3:ReplicateObject")).toBe(`${arn("bucket-standby")}/*`);
    expect(on("kms:Decrypt")).toBe(it.one("aws:kms/key:Key", "key").outputs?.["arn"]);
    expect(on("kms:Encrypt")).toBe(it.one(REPLICA, "key-standby").outputs?.["arn"]);
  });

  it("are of tables and secrets, too", async () => {
    const it = await plan("eu-central-1");
    const kmsKeyArn = it.one(REPLICA, "key-standby").outputs?.["arn"];
    expect(it.inputs("aws:dynamodb/table:Table", "table")).toMatchObject({ streamViewType: "NEW_AND_OLD_IMAGES" });
    expect(it.inputs(TABLE_COPY, "table-standby")).toMatchObject({ region: "eu-central-1", kmsKeyArn });
    expect(it.inputs("aws:secretsmanager/secret:Secret", "api-orders")["replicas"]).toEqual([
      { region: "eu-central-1", kmsKeyId: kmsKeyArn },
    ]);
  });

  it("are none where the residency has one region", async () => {
    const it = await plan(undefined);
    expect(it.names(REPLICATION)).toEqual([]);
    expect(it.names(TABLE_COPY)).toEqual([]);
    expect(it.names("aws:s3/bucket:Bucket")).toEqual(["bucket"]);
    expect(it.inputs("aws:secretsmanager/secret:Secret", "api-orders")["replicas"]).toBeUndefined();
  });
});
