import { describe, expect, it } from "vitest";
import { type Described, policyOfText } from "../../programs.ts";
import { ACME, planIn, US_EAST, XYZ, XYZ_STANDBY } from "../platforms.ts";
import { found, keyArn, named, THEIRS } from "./found.ts";
import { ACCOUNT, bucket, object, store } from "./resources.ts";

describe("what one tenant declares of another one's stores is found", () => {
  it.each<[string, Described]>([
    [
      "a replica of a database",
      {
        type: "aws:rds/cluster:Cluster",
        name: "copy",
        inputs: { replicationSourceIdentifier: `arn:aws:rds:eu-west-1:${ACCOUNT}:cluster:db` },
      },
    ],
    [
      "a database from a snapshot",
      { type: "aws:rds/cluster:Cluster", name: "copy", inputs: { snapshotIdentifier: "their-snapshot" } },
    ],
    [
      "a database from a point in time",
      {
        type: "aws:rds/cluster:Cluster",
        name: "copy",
        inputs: { restoreToPointInTime: { sourceClusterIdentifier: "db" } },
      },
    ],
    ["a replica of a key", { type: "aws:kms/replicaKey:ReplicaKey", name: "copy", inputs: { primaryKeyArn: keyArn } }],
    [
      "data under another one's key",
      { type: "aws:s3/bucketObject:BucketObject", name: "o", inputs: { bucket: "ours", kmsKeyId: "mrk-1" } },
    ],
    [
      "a replication of a bucket",
      {
        type: "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
        name: "copy",
        inputs: { bucket: "ours", rules: [{ destination: { bucket: "arn:aws:s3:::theirs" } }] },
      },
    ],
    [
      "a policy on its bucket",
      { type: "aws:s3/bucketPolicy:BucketPolicy", name: "p", inputs: { bucket: "theirs", policy: policyOfText() } },
    ],
    [
      "a setting that names it",
      {
        type: "aws:lambda/function:Function",
        name: "f",
        inputs: { environment: { variables: { BUCKET: "arn:aws:s3:::theirs" } } },
      },
    ],
    [
      "a target with a quoted ARN",
      {
        type: "aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget",
        name: "t",
        inputs: { endpoint: `https://x/runtimes/${encodeURIComponent(keyArn)}/invocations` },
      },
    ],
    [
      "a Deployment's variable",
      object("apps/v1:Deployment", "d", "acme-corp", {
        env: [{ name: "TABLE", value: `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders` }],
      }),
    ],
  ])("%s", (_, declared) => {
    const database = store("aws:rds/cluster:Cluster", "db", `arn:aws:rds:eu-west-1:${ACCOUNT}:cluster:db`, {
      clusterIdentifier: "db",
    });
    const snapshot: Described = {
      type: "aws:rds/clusterSnapshot:ClusterSnapshot",
      name: "s",
      outputs: {
        arn: `arn:aws:rds:eu-west-1:${ACCOUNT}:cluster-snapshot:their-snapshot`,
        dbClusterSnapshotIdentifier: "their-snapshot",
      },
    };
    const theirs = planIn(XYZ, ...THEIRS, database, snapshot);
    const all = named(found(planIn(ACME, bucket("ours"), declared), theirs));
    expect(all).toHaveLength(1);
    expect(all[0]).toContain(`which is of tenant "acme-corp", must not name`);
    expect(named(found(planIn(XYZ_STANDBY, bucket("ours"), declared), theirs))).toEqual([]);
  });

  it("and what a shared stack carries from one tenant to another", () => {
    const carrier: Described = {
      type: "aws:sns/topicSubscription:TopicSubscription",
      name: "c",
      inputs: { topic: "arn:aws:s3:::theirs", endpoint: "arn:aws:s3:::ours" },
    };
    expect(found(planIn(ACME, bucket("ours")), planIn(US_EAST, carrier), planIn(XYZ, ...THEIRS))).toHaveLength(1);
  });
});
