import * as aws from "@pulumi/aws";
import type { Plan, PlannedResource } from "../../../plan/model.ts";
import { replicasStayInTheSet } from "../../../policies/residency/replicas-stay-in-the-set.ts";
import { testRule } from "../../support/rule-tester.ts";
import { planOf, served, urnOf } from "../programs.ts";

/** A key and its copy in another region. */
function replica(region?: string): void {
  const opts = served();
  const primaryKeyArn = new aws.kms.Key("key", { multiRegion: true }, opts).arn;
  new aws.kms.ReplicaKey("copy", { primaryKeyArn, ...(region !== undefined && { region }) }, opts);
}

const secret = (...regions: string[]): unknown =>
  new aws.secretsmanager.Secret("secret", { replicas: regions.map((region) => ({ region })) }, served());

const data = (type: string, inputs: PlannedResource["inputs"]): ReturnType<typeof planOf> =>
  planOf({ type, name: "copies", inputs });

const VAULT = "arn:aws:backup:us-east-1:444455556666:backup-vault:copies";
const message = (name: string): string => `"${name}" must be copied only within the regions of the residency "eu".`;

/** A bucket in a region, and the copies of what is in another one. */
function copiedTo(bucket: string): Plan {
  return planOf(
    { type: "pulumi:providers:aws", name: "standby", inputs: { region: "eu-central-1" } },
    {
      type: "aws:s3/bucket:Bucket",
      name: "copy",
      provider: urnOf("pulumi:providers:aws", "standby"),
      outputs: { arn: "arn:aws:s3:::copy" },
    },
    {
      type: "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
      name: "copies",
      inputs: { rules: [{ destination: { bucket } }] },
    },
  );
}

const in_ = (region: string, service: string, resource: string): string =>
  `arn:aws:${service}:${region}:111122223333:${resource}`;

testRule(replicasStayInTheSet, {
  accepts: {
    "a key in the standby": () => replica("eu-central-1"),
    "a secret in the standby": () => secret("eu-central-1"),
    "a database on its own": data("aws:rds/cluster:Cluster", { engine: "aurora-postgresql" }),
    "a copy of a database of the set": data("aws:rds/instance:Instance", {
      replicateSourceDb: in_("eu-central-1", "rds", "db:business"),
    }),
    "a copy of a database in the same region, by its name": data("aws:rds/instance:Instance", {
      replicateSourceDb: "business",
      region: "eu-west-1",
    }),
    "a bucket that is copied to the standby": copiedTo("arn:aws:s3:::copy"),
  },
  rejects: {
    "a key in another residency": [() => replica("us-west-2"), message("copy")],
    "a secret in the standby and elsewhere": [() => secret("eu-central-1", "us-west-2"), message("secret")],
    "a table in another residency": [
      data("aws:dynamodb/table:Table", { replicas: [{ regionName: "us-east-1" }] }),
      message("copies"),
    ],
    "a witness in another residency": [
      data("aws:dynamodb/table:Table", { globalTableWitness: { regionName: "us-east-1" } }),
      message("copies"),
    ],
    "images in another residency": [
      data("aws:ecr/replicationConfiguration:ReplicationConfiguration", {
        replicationConfiguration: { rules: [{ destinations: [{ region: "us-east-1" }] }] },
      }),
      message("copies"),
    ],
    "a backup in another residency": [
      data("aws:backup/plan:Plan", { rules: [{ copyActions: [{ destinationVaultArn: VAULT }] }] }),
      message("copies"),
    ],
    "a database that is a part of a global one from elsewhere": [
      data("aws:rds/cluster:Cluster", { globalClusterIdentifier: "business" }),
      message("copies"),
    ],
    "a copy of a database of another residency": [
      data("aws:rds/cluster:Cluster", { replicationSourceIdentifier: in_("us-east-1", "rds", "cluster:business") }),
      message("copies"),
    ],
    "a copy of an instance of another residency": [
      data("aws:rds/instance:Instance", { replicateSourceDb: in_("us-east-1", "rds", "db:business") }),
      message("copies"),
    ],
    "a snapshot for another residency": [
      data("aws:rds/snapshotCopy:SnapshotCopy", {
        sourceDbSnapshotIdentifier: "business",
        destinationRegion: "us-east-1",
      }),
      message("copies"),
    ],
    "a copy of a table of another residency": [
      data("aws:dynamodb/tableReplica:TableReplica", { globalTableArn: in_("us-east-1", "dynamodb", "table/users") }),
      message("copies"),
    ],
    "a copy of a key of another residency": [
      data("aws:kms/replicaKey:ReplicaKey", {
        region: "eu-central-1",
        primaryKeyArn: in_("us-east-1", "kms", "key/mrk-0"),
      }),
      message("copies"),
    ],
    "a bucket that is copied to nobody knows where": [copiedTo("arn:aws:s3:::elsewhere"), message("copies")],
    "files in another residency": [
      data("aws:efs/replicationConfiguration:ReplicationConfiguration", { destination: { region: "us-east-1" } }),
      message("copies"),
    ],
    "a cache that is a part of a global one from elsewhere": [
      data("aws:elasticache/replicationGroup:ReplicationGroup", { globalReplicationGroupId: "sessions" }),
      message("copies"),
    ],
    "log lines for another residency": [
      data("aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter", {
        destinationArn: in_("us-east-1", "logs", "destination:all"),
      }),
      message("copies"),
    ],
    "a backup at nobody knows where": [
      data("aws:backup/plan:Plan", { rules: [{ copyActions: [{}] }] }),
      message("copies"),
    ],
  },
});
