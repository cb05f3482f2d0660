import * as aws from "@pulumi/aws";
import { describe, expect, it } from "vitest";
import type { Plan } from "../../../plan/model.ts";
import { UNKNOWN } from "../../../plan/model.ts";
import { flowsStayInTheResidency } from "../../../policies/proofs/flows-stay-in-the-residency.ts";
import { type Described, served } from "../programs.ts";
import { ACCOUNT, bucket, grant, object, role, store } from "./isolation/resources.ts";
import { planIn, planned, US_EAST, verdictOf, waysOf, XYZ, XYZ_STANDBY } from "./platforms.ts";

const EU = "production.eu-west-1";
const found = (...plans: readonly Plan[]): readonly string[] => waysOf(verdictOf(flowsStayInTheResidency, ...plans));
const databaseArn = `arn:aws:rds:eu-west-1:${ACCOUNT}:cluster:db`;
const database = store("aws:rds/cluster:Cluster", "db", databaseArn, { clusterIdentifier: "db" });

/** The same resources, each in a region. */
function inRegion(region: unknown, ...all: readonly Described[]): readonly Described[] {
  return all.map((it) => (it.type.startsWith("aws:") ? { ...it, inputs: { region, ...it.inputs } } : it));
}

/** What a stack of the EU tenant declares beside its stores. */
function xyz(...all: readonly Described[]): readonly string[] {
  return found(planIn(XYZ, ...inRegion("eu-west-1", database, bucket("ours"), ...all)));
}

describe("a copy that another stack declares is found", () => {
  const global: Described = {
    type: "aws:rds/globalCluster:GlobalCluster",
    name: "everywhere",
    inputs: { globalClusterIdentifier: "everywhere" },
  };
  const secondary: Described = {
    type: "aws:rds/cluster:Cluster",
    name: "secondary",
    inputs: { clusterIdentifier: "secondary", globalClusterIdentifier: "everywhere" },
  };

  it("a secondary cluster in a US region's stack of an EU tenant's database, with the way", () => {
    const source = { ...global, inputs: { ...global.inputs, sourceDbClusterIdentifier: databaseArn } };
    const verdict = verdictOf(
      flowsStayInTheResidency,
      planIn(XYZ, ...inRegion("eu-west-1", database, source)),
      planIn(US_EAST, ...inRegion("us-east-1", secondary)),
    );
    expect(verdict.violations).toHaveLength(1);
    expect(verdict.violations[0]).toMatchObject({
      stack: US_EAST,
      name: "secondary",
      message:
        '"secondary" must keep data of tenant "xyz-gmbh" in the residency "eu" (eu-west-1 and eu-central-1), not in us-east-1.',
      steps: [
        `"everywhere" is aws:rds/globalCluster:GlobalCluster in ${XYZ}.`,
        `"secondary" names it by globalClusterIdentifier: "secondary" is aws:rds/cluster:Cluster in ${US_EAST}.`,
        "It is in us-east-1, outside eu-west-1 and eu-central-1.",
      ],
    });
  });

  it("also where the database joins a global cluster of a shared stack", () => {
    const joined = { ...database, inputs: { ...database.inputs, globalClusterIdentifier: "everywhere" } };
    const all = found(
      planIn(XYZ, ...inRegion("eu-west-1", joined)),
      planIn(EU, ...inRegion("eu-west-1", global)),
      planIn(US_EAST, ...inRegion("us-east-1", secondary)),
    );
    expect(all).toHaveLength(1);
    expect(all[0]?.split("\n")).toHaveLength(5);
  });

  it.each<[string, Described]>([
    [
      "a read replica",
      { type: "aws:rds/cluster:Cluster", name: "copy", inputs: { replicationSourceIdentifier: databaseArn } },
    ],
    [
      "a restored database",
      {
        type: "aws:rds/cluster:Cluster",
        name: "copy",
        inputs: { restoreToPointInTime: { sourceClusterIdentifier: "db" } },
      },
    ],
    ["a backup of it", { type: "aws:backup/selection:Selection", name: "copy", inputs: { resources: [databaseArn] } }],
    [
      "a bucket's replication into it",
      { type: "aws:s3/bucketReplicationConfig:BucketReplicationConfig", name: "copy", inputs: { bucket: "ours" } },
    ],
  ])("%s", (_, copy) => {
    const theirs = planIn(XYZ, ...inRegion("eu-west-1", database, bucket("ours")));
    const all = found(theirs, planIn(US_EAST, ...inRegion("us-east-1", copy)));
    expect(all.filter((it) => it.includes('data of tenant "xyz-gmbh"'))).toHaveLength(1);
    expect(found(theirs, planIn(XYZ_STANDBY, ...inRegion("eu-central-1", copy)))).toEqual([]);
  });

  it("a replica of a program's key in another region's stack", async () => {
    let arn = "";
    const here = await planned(XYZ, () => {
      new aws.kms.Key("key", { multiRegion: true }, served()).arn.apply((it) => (arn = it));
    });
    const copy: Described = { type: "aws:kms/replicaKey:ReplicaKey", name: "copy", inputs: { primaryKeyArn: arn } };
    const all = found(here, planIn(US_EAST, ...inRegion("us-east-1", copy))).filter((it) => it.includes("xyz-gmbh"));
    expect(all).toHaveLength(1);
    expect(all[0]).toContain('"copy" must keep data of tenant "xyz-gmbh"');
    expect(found(here, planIn(XYZ_STANDBY, ...inRegion("eu-central-1", copy)))).toEqual([]);
  });

  it("a stack of another residency that reads from a tenant's", () => {
    const reader: Described = {
      type: "pulumi:pulumi:StackReference",
      name: "r",
      inputs: { name: `organization/alicerce/${XYZ}` },
    };
    expect(found(planIn(XYZ), planIn(US_EAST, reader))).toHaveLength(1);
    expect(found(planIn(XYZ), planIn(EU, reader))).toEqual([]);
  });
});

describe("a place outside the residency is found", () => {
  it.each<[string, Described]>([
    [
      "a replica of a table",
      { type: "aws:dynamodb/table:Table", name: "t", inputs: { name: "t", replicas: [{ regionName: "us-east-1" }] } },
    ],
    [
      "a replica of a secret",
      {
        type: "aws:secretsmanager/secret:Secret",
        name: "s",
        inputs: { name: "s", replicas: [{ region: "us-east-1" }] },
      },
    ],
    [
      "a copy of an image",
      {
        type: "aws:ecr/replicationConfiguration:ReplicationConfiguration",
        name: "r",
        inputs: { replicationConfiguration: { rules: [{ destinations: [{ region: "us-east-1" }] }] } },
      },
    ],
    [
      "a copy of a backup",
      {
        type: "aws:backup/plan:Plan",
        name: "p",
        inputs: {
          rules: [{ copyActions: [{ destinationVaultArn: `arn:aws:backup:us-east-1:${ACCOUNT}:backup-vault:v` }] }],
        },
      },
    ],
    [
      "a copy of a snapshot",
      {
        type: "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy",
        name: "c",
        inputs: { destinationRegion: "us-east-1" },
      },
    ],
    [
      "a destination of logs",
      {
        type: "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
        name: "l",
        inputs: { destinationArn: `arn:aws:logs:us-east-1:${ACCOUNT}:destination:d` },
      },
    ],
    [
      "a target of events",
      {
        type: "aws:cloudwatch/eventTarget:EventTarget",
        name: "e",
        inputs: { arn: `arn:aws:events:us-east-1:${ACCOUNT}:event-bus/b` },
      },
    ],
    [
      "a mail server",
      {
        type: "aws:cognito/userPool:UserPool",
        name: "u",
        inputs: { emailConfiguration: { sourceArn: `arn:aws:ses:us-east-1:${ACCOUNT}:identity/x` } },
        outputs: { arn: "arn:u" },
      },
    ],
    [
      "an issuer",
      {
        type: "pulumi:providers:keycloak",
        name: "k",
        inputs: { url: "https://identity.us-east-1.agents.example.com" },
      },
    ],
    ["a region of its own", { type: "aws:s3/bucket:Bucket", name: "b", inputs: { bucket: "b", region: "us-east-1" } }],
    [
      "a bucket that no stack declares",
      { type: "aws:ec2/flowLog:FlowLog", name: "f", inputs: { logDestination: "arn:aws:s3:::somewhere" } },
    ],
    ["an exporter in another region", agent({ OTEL_EXPORTER_OTLP_ENDPOINT: "https://otlp.us-east-1.example.com" })],
    [
      "an exporter that may be anywhere",
      agent({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "https://collector.example.com:4318" }),
    ],
    ["a model of another geography", agent({ MODEL_ID: "global.anthropic.claude-sonnet-4-5-20250929-v1:0" })],
  ])("%s", (_, resource) => {
    const all = xyz(resource);
    expect(all).toHaveLength(1);
    expect(all[0]).toContain('in the residency "eu"');
  });

  it("in the role of a workload: a grant on an inference profile of another geography, also inline", () => {
    const profile = `arn:aws:bedrock:eu-west-1:${ACCOUNT}:inference-profile/global.anthropic.x`;
    const policy = JSON.stringify({
      Statement: [{ Effect: "Allow", Action: "bedrock:InvokeModel", Resource: profile }],
    });
    expect(xyz(role("r"), grant("g", "r", "bedrock:InvokeModel", profile))).toHaveLength(1);
    expect(xyz(role("r", undefined, { inlinePolicies: [{ policy }] }))).toHaveLength(1);
    expect(xyz(role("r"), grant("g", "r", "bedrock:InvokeModel", profile.replace("global.", "eu.")))).toEqual([]);
  });

  it("in the stack of a region, for all of its tenants", () => {
    const replication: Described = {
      type: "aws:ecr/replicationConfiguration:ReplicationConfiguration",
      name: "r",
      inputs: { rules: [{ region: "us-east-1" }] },
    };
    expect(found(planIn(EU, ...inRegion("eu-west-1", replication)))[0]).toContain("the tenants of eu-west-1");
    expect(found(planIn("production.us-west-2", ...inRegion("us-west-2", replication)))).toEqual([]);
  });

  it("never where it is not known yet", () => {
    expect(found(planIn(XYZ, ...inRegion(UNKNOWN, bucket("b"))))).toEqual([
      '"b" cannot be judged before this is known: region.',
    ]);
  });
});

it("sensible flows stay", () => {
  const all = xyz(
    { type: "aws:dynamodb/table:Table", name: "t", inputs: { name: "t", replicas: [{ regionName: "eu-central-1" }] } },
    {
      type: "aws:s3/bucketVersioning:BucketVersioning",
      name: "v",
      inputs: { bucket: "ours", description: "as in us-east-1" },
    },
    agent({
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector.observability.svc:4318",
      MODEL_ID: "eu.anthropic.claude-x-v1:0",
    }),
    agent({ OTEL_EXPORTER_OTLP_ENDPOINT: "https://xray.eu-west-1.amazonaws.com/v1/traces" }),
  );
  expect(all).toEqual([]);
});

function agent(env: Readonly<Record<string, string>>): Described {
  const container = { name: "agent", env: Object.entries(env).map(([name, value]) => ({ name, value })) };
  return object("apps/v1:Deployment", "agent", "xyz-gmbh", {
    spec: { template: { spec: { containers: [container] } } },
  });
}
