import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { dataStoresArePrivate } from "../../../policies/premise-3-private-network/data-stores-are-private.ts";
import { testRule } from "../../support/rule-tester.ts";
import { bucketOf, databaseOf } from "../data-programs.ts";
import { planOf, served } from "../programs.ts";

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
    "a search domain in the network": planOf({
      type: "aws:opensearch/domain:Domain",
      name: "search",
      inputs: { vpcOptions: { subnetIds: ["subnet-1"] } },
    }),
    "a broker that says so": planOf({
      type: "aws:mq/broker:Broker",
      name: "broker",
      inputs: { publiclyAccessible: false },
    }),
  },
  rejects: {
    "an instance with a public address": [
      () => instance({ publiclyAccessible: true }),
      '"instance" must not have a public address.',
    ],
    "a database outside of a cluster, with a public address": [
      planOf({ type: "aws:rds/instance:Instance", name: "single", inputs: { publiclyAccessible: true } }),
      '"single" must not have a public address.',
    ],
    "a warehouse with a public address": [
      planOf({ type: "aws:redshift/cluster:Cluster", name: "warehouse", inputs: { publiclyAccessible: true } }),
      '"warehouse" must not have a public address.',
    ],
    "a search domain on the internet": [
      planOf({ type: "aws:opensearch/domain:Domain", name: "search", inputs: {} }),
      '"search" must not have a public address.',
    ],
    "a bucket beside the block of another one": [
      () => {
        const opts = served();
        const other = new aws.s3.Bucket("other", {}, opts);
        // A dependency on the other bucket is no proof that it is the other one.
        const name = pulumi.all([bucketOf(opts).bucket, other.bucket]).apply(([it]) => it);
        new aws.s3.BucketPublicAccessBlock("block", { bucket: name, ...ALL }, opts);
      },
      '"other" must block public access.',
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
