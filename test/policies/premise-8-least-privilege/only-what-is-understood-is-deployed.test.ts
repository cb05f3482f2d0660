import * as aws from "@pulumi/aws";
import { describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../plan/model.ts";
import { judge } from "../../../policies/engine/judge.ts";
import { onlyWhatIsUnderstoodIsDeployed } from "../../../policies/premise-8-least-privilege/only-what-is-understood-is-deployed.ts";
import { testRule, TODAY } from "../../support/rule-tester.ts";
import { noProperty, noType, only, opaque, otherValue } from "../not-understood.ts";
import { gatewayOf, planOf, roleFor, served, type Described } from "../programs.ts";

const inBucket = (path: string): string => noProperty("files", path, "data/s3.ts");

testRule(onlyWhatIsUnderstoodIsDeployed, {
  accepts: {
    "a runtime with a description and a shorter idle time": only(
      "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
      { description: "The database", lifecycleConfigurations: [{ idleRuntimeSessionTimeout: 300 }] },
    ),
    "a gateway of a tenant": () => gatewayOf("mcp", served()),
    "a role of a tenant": () => roleFor("worker", served()),
    "more tags on a resource": () => new aws.s3.Bucket("files", { tags: { team: "payments" } }, served()),
    "a table with a second index": () =>
      new aws.dynamodb.Table(
        "orders",
        {
          attributes: [
            { name: "key", type: "S" },
            { name: "day", type: "S" },
          ],
          hashKey: "key",
          billingMode: "PAY_PER_REQUEST",
          globalSecondaryIndexes: [{ name: "by-day", hashKey: "day", projectionType: "ALL" }],
        },
        served(),
      ),
    "what providers write into inputs themselves": only("aws:s3/bucket:Bucket", {
      __defaults: ["forceDestroy"],
      forceDestroy: false,
      tagsAll: { "alicerce:tenant": "xyz-gmbh" },
    }),
    "a value that is not known yet of a property that is named": only("aws:s3/bucket:Bucket", { tags: UNKNOWN }),
    "nothing at all where a property is not named": only("aws:s3/bucket:Bucket", { acl: null, policy: undefined }),
  },
  rejects: {
    "a public URL of a function": [
      only("aws:lambda/functionUrl:FunctionUrl", { authorizationType: "NONE" }),
      noType("aws:lambda/functionUrl:FunctionUrl", "compute/lambda.ts"),
    ],
    "a stream": [only("aws:kinesis/stream:Stream"), noType("aws:kinesis/stream:Stream", "kinesis.ts")],
    "a file system": [only("aws:efs/fileSystem:FileSystem"), noType("aws:efs/fileSystem:FileSystem", "efs.ts")],
    "a parameter": [only("aws:ssm/parameter:Parameter"), noType("aws:ssm/parameter:Parameter", "ssm.ts")],
    "a provider of another cloud": [only("pulumi:providers:gcp"), noType("pulumi:providers:gcp", "pulumi.ts")],
    "a resource of another cloud": [
      only("gcp:storage/bucket:Bucket"),
      noType("gcp:storage/bucket:Bucket", "storage.ts"),
    ],
    "a type of a package without modules": [only("random:index:Thing"), noType("random:index:Thing", "random.ts")],
    "a workload of a kind that nobody reads": [
      only("kubernetes:batch/v1:CronJob"),
      noType("kubernetes:batch/v1:CronJob", "batch.ts"),
    ],
    "a grant inside the cluster": [
      only("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding"),
      noType("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", "kubernetes/access.ts"),
    ],

    "a gateway by Cloud Control": [
      only("aws:cloudcontrol/resource:Resource", { typeName: "AWS::BedrockAgentCore::Gateway", desiredState: "{}" }),
      opaque("Cloud Control makes a resource of any type"),
    ],
    "a CloudFormation stack": [
      only("aws:cloudformation/stack:Stack", { templateBody: "{}" }),
      opaque("a CloudFormation stack holds resources of its own"),
    ],
    "a Helm release": [
      only("kubernetes:helm.sh/v3:Release", { chart: "nginx" }),
      opaque("a Helm chart holds objects of its own"),
    ],
    "a Helm chart, which is a component": [
      planOf({ type: "kubernetes:helm.sh/v4:Chart", name: "strange", custom: false }),
      opaque("a Helm chart holds objects of its own"),
    ],
    "a file of YAML": [
      planOf({ type: "kubernetes:yaml/v2:ConfigFile", name: "strange", custom: false }),
      opaque("YAML holds objects of its own"),
    ],
    "a group of YAML files": [
      planOf({ type: "kubernetes:yaml:ConfigGroup", name: "strange", custom: false }),
      opaque("YAML holds objects of its own"),
    ],
    "a folder for Kustomize": [
      planOf({ type: "kubernetes:kustomize/v2:Directory", name: "strange", custom: false }),
      opaque("Kustomize makes objects of its own from files"),
    ],
    "a list of objects": [only("kubernetes:apps/v1:DeploymentList"), opaque("a list holds objects of its own")],
    "a patch of an object": [
      only("kubernetes:apps/v1:DeploymentPatch"),
      opaque("a patch changes an object of which the rest is not known"),
    ],
    "a dynamic provider": [only("pulumi-nodejs:dynamic:Resource"), opaque("a dynamic provider is a program")],
    "a dynamic provider in a module": [
      only("pulumi-nodejs:dynamic/acme:Token"),
      opaque("a dynamic provider is a program"),
    ],
    "a command": [only("command:local:Command", { create: "curl example.com" }), opaque("a command is a program")],

    "a bucket with an ACL": [only("aws:s3/bucket:Bucket", { acl: "public-read" }, "files"), inBucket("acl")],
    "a bucket with a policy of its own": [only("aws:s3/bucket:Bucket", { policy: "{}" }, "files"), inBucket("policy")],
    "a bucket that is a website": [only("aws:s3/bucket:Bucket", { website: {} }, "files"), inBucket("website")],
    "a bucket that copies itself": [
      only("aws:s3/bucket:Bucket", { replicationConfiguration: { role: "x" }, grants: [] }, "files"),
      inBucket("replicationConfiguration"),
      inBucket("grants"),
    ],
    "a value that is not known yet of a property that is not named": [
      only("aws:s3/bucket:Bucket", { acl: UNKNOWN }, "files"),
      inBucket("acl"),
    ],
    "a lifecycle that deletes what is current": [
      only(
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        { bucket: "files", rules: [{ id: "gone", status: "Enabled", expiration: { date: "2026-12-01T00:00:00Z" } }] },
        "files",
      ),
      inBucket("rules.expiration.date"),
    ],
    "a runtime that accepts tokens by itself": [
      only("aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime", { authorizerConfiguration: UNKNOWN }, "database"),
      noProperty("database", "authorizerConfiguration", "compute/bedrock.ts"),
    ],
    "a gateway that tells its errors": [
      () => gatewayOf("mcp", served(), { exceptionLevel: "DEBUG" }),
      noProperty("mcp", "exceptionLevel", "compute/bedrock.ts"),
    ],
    "a target that is a function": [
      only(
        "aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget",
        { targetConfiguration: { mcp: { lambda: { lambdaArn: "arn:aws:lambda:eu-west-1:1:function:x" } } } },
        "tools",
      ),
      noProperty("tools", "targetConfiguration.mcp.lambda", "compute/bedrock.ts"),
    ],
    "a database with an HTTP endpoint": [
      only("aws:rds/cluster:Cluster", { enableHttpEndpoint: true }, "database"),
      noProperty("database", "enableHttpEndpoint", "data/rds.ts"),
    ],
    "a secret with a policy": [
      only("aws:secretsmanager/secret:Secret", { policy: "{}" }, "token"),
      noProperty("token", "policy", "identity/secretsmanager.ts"),
    ],
    "a secret that is gone at once": [
      only("aws:secretsmanager/secret:Secret", { recoveryWindowInDays: 0 }, "token"),
      otherValue("token", "recoveryWindowInDays", "set it to 7 or 14 or 30", "identity/secretsmanager.ts"),
    ],
    "a default security group that lets traffic out": [
      only("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", { egress: [{ cidrBlocks: ["0.0.0.0/0"] }] }, "default"),
      otherValue("default", "egress", "leave it empty", "network/ec2.ts"),
    ],
    "a provider that asks another server than AWS": [
      only("pulumi:providers:aws", { endpoints: '[{"sts":"https://example.com"}]' }, "aws"),
      noProperty("aws", "endpoints", "pulumi.ts"),
    ],
    "a text where an object must be": [
      only("kubernetes:apps/v1:Deployment", { spec: "{}" }, "agent"),
      noProperty("agent", "spec", "kubernetes/apps.ts"),
    ],
  },
  ignores: {
    "a component, whose resources are judged": planOf({ type: "acme:index:Group", name: "group", custom: false }),
    "a stack whose name is no address": { ...only("aws:efs/fileSystem:FileSystem"), stack: "playground" },
  },
});

describe("what is not known yet", () => {
  const verdictOf = (inputs: Described["inputs"], type = "kubernetes:core/v1:Service") => {
    const [verdict] = judge(only(type, inputs), TODAY, [onlyWhatIsUnderstoodIsDeployed]).rules;
    return { held: verdict?.held, paths: verdict?.undetermined.map(({ path }) => path) };
  };

  it("is a doubt where one of a few values must be", () => {
    expect(verdictOf({ spec: { type: UNKNOWN } })).toEqual({ held: 0, paths: ["spec.type"] });
  });

  it("is a doubt where it might hold a property that is not named", () => {
    expect(verdictOf({ spec: UNKNOWN })).toEqual({ held: 0, paths: ["spec"] });
  });

  it("hides no property that is not named", () => {
    const [verdict] = judge(
      only("kubernetes:core/v1:Service", { spec: { type: UNKNOWN, externalIPs: UNKNOWN } }),
      TODAY,
      [onlyWhatIsUnderstoodIsDeployed],
    ).rules;
    expect(verdict?.violations.map(({ message }) => message)).toEqual([
      noProperty("strange", "spec.externalIPs", "kubernetes/objects.ts"),
    ]);
  });
});
