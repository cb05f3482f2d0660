import * as aws from "@pulumi/aws";
import { dataStoresArePrivate } from "../../../policies/premise-3-private-network/data-stores-are-private.ts";
import { testRule } from "../../support/rule-tester.ts";
import { bucketOf, databaseOf } from "../data-programs.ts";
import { served } from "../programs.ts";

const ALL = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };

function instance(args: Partial<aws.rds.ClusterInstanceArgs> = {}): void {
  const opts = served();
  const { id: clusterIdentifier } = databaseOf(opts);
  const common = { clusterIdentifier, engine: "aurora-postgresql", instanceClass: "db.serverless" } as const;
  new aws.rds.ClusterInstance("instance", { ...common, ...args }, opts);
}

function bucket(block?: Partial<typeof ALL>): void {
  const opts = served();
  const it = bucketOf(opts);
  if (block !== undefined) new aws.s3.BucketPublicAccessBlock("block", { bucket: it.bucket, ...block }, opts);
}

testRule(dataStoresArePrivate, {
  accepts: {
    "an instance that says nothing of it": () => instance(),
    "an instance without a public address": () => instance({ publiclyAccessible: false }),
    "a bucket that cannot be made public": () => bucket(ALL),
  },
  rejects: {
    "an instance with a public address": [
      () => instance({ publiclyAccessible: true }),
      '"instance" must not have a public address.',
    ],
    "a bucket that blocks nothing": [() => bucket(), '"bucket" must block public access.'],
    "a bucket that blocks three of four ways": [
      () => bucket({ ...ALL, restrictPublicBuckets: false }),
      '"block" must block public access in all four ways.',
    ],
    "a bucket that leaves one way out": [
      () => bucket({ blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true }),
      '"block" must block public access in all four ways.',
    ],
  },
});
