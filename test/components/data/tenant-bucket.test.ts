import type * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { TenantBucket } from "../../../components/data/tenant-bucket.ts";
import { serviceRole, trustService } from "../../../components/identity/service-role.ts";
import { planned, statements } from "../planned.ts";
import { testTenant } from "../tenant-programs.ts";

const plan = () =>
  planned((opts: pulumi.ComponentResourceOptions) => {
    const { place, key } = testTenant(opts);
    const bucket = new TenantBucket("bucket", { place, key }, opts);
    const role = serviceRole("server", { place, description: "", trust: trustService("x") }, { parent: bucket });
    bucket.grantCalls("files", role, "files/", ["kms:Decrypt", "rds-db:connect", "s3:GetObject", "s3:ListBucket"]);
  });

describe("TenantBucket", () => {
  it("is the tenant's key's, private, versioned, and without access lists", async () => {
    const it = await plan();
    const { bucket } = it.inputs("aws:s3/bucket:Bucket", "bucket");
    const encryption = it.one(
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "bucket",
    );
    expect(encryption.inputs).toMatchObject({
      bucket,
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" }, bucketKeyEnabled: true }],
    });
    expect(encryption.propertyDependencies?.["rules"]).toEqual([it.one("aws:kms/key:Key", "key").urn]);
    expect(it.inputs("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "bucket")).toMatchObject({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(it.inputs("aws:s3/bucketVersioning:BucketVersioning", "bucket")).toMatchObject({
      versioningConfiguration: { status: "Enabled" },
    });
    expect(it.inputs("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "bucket")).toMatchObject({
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
  });

  it("tiers what is seldom read, and lets nothing expire but what was replaced 90 days ago", async () => {
    const it = await plan();
    const { rules } = it.inputs("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "bucket");
    expect(rules).toEqual([
      {
        id: "replaced",
        status: "Enabled",
        filter: {},
        transitions: [{ days: 0, storageClass: "INTELLIGENT_TIERING" }],
        noncurrentVersionExpiration: { noncurrentDays: 90 },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      },
    ]);
  });

  it("refuses plain HTTP, and objects under another key", async () => {
    const it = await plan();
    const { policy } = it.inputs("aws:s3/bucketPolicy:BucketPolicy", "bucket");
    const header = "s3:x-amz-server-side-encryption";
    const keyId = `${header}-aws-kms-key-id`;
    const put = (condition: object) => ({ Effect: "Deny", Action: ["s3:PutObject"], Condition: condition });
    expect(statements(policy).map(({ Effect, Action, Condition }) => ({ Effect, Action, Condition }))).toEqual([
      { Effect: "Deny", Action: ["s3:*"], Condition: { Bool: { "aws:SecureTransport": "false" } } },
      put({ StringNotEquals: { [header]: "aws:kms" }, Null: { [header]: "false" } }),
      put({ StringNotEquals: { [keyId]: expect.stringMatching(/:key\//) as string }, Null: { [keyId]: "false" } }),
      put({ StringEquals: { [header]: "aws:kms" }, Null: { [keyId]: "true" } }),
      put({ Null: { [`${header}-customer-algorithm`]: "false" } }),
    ]);
  });

  it("is open to a role below one prefix, for the calls that are its own", async () => {
    const it = await plan();
    const { bucket } = it.inputs("aws:s3/bucket:Bucket", "bucket");
    const granted = statements(it.inputs("aws:iam/rolePolicy:RolePolicy", "files")["policy"]);
    expect(granted).toEqual([
      {
        Effect: "Allow",
        Action: ["s3:ListBucket"],
        Resource: `arn:aws:s3:::${String(bucket)}`,
        Condition: { StringLikeIfExists: { "s3:prefix": "files/*" } },
      },
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: `arn:aws:s3:::${String(bucket)}/files/*` },
      {
        Effect: "Allow",
        Action: ["kms:Decrypt"],
        Resource: expect.stringMatching(/:key\//) as string,
        Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
      },
    ]);
  });
});
