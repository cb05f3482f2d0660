import { beforeAll, describe, expect, it } from "vitest";
import type { Plan } from "../../../../plan/model.ts";
import { partsFitTogether } from "../../../../policies/proofs/parts-fit-together.ts";
import { plansOfAllEnvironments } from "../all-environments.ts";
import { type Edit, edited, type Inputs, set, statementsIn } from "../edits.ts";
import { verdictOf, waysOf, XYZ } from "../platforms.ts";

const FUNCTION = "aws:lambda/function:Function";
const KUBERNETES = "pulumi:providers:kubernetes";
const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";
const DELIVERY = "aws:cloudwatch/logDelivery:LogDelivery";
const CONSUMERS = "production.us-east-1.acme-corp";

let all: ReadonlyMap<string, readonly Plan[]>;

beforeAll(() => {
  all = plansOfAllEnvironments();
});

const plansFor = (stack: string): readonly Plan[] =>
  (all.get("production") ?? []).filter((it) => it.stack === stack || stack.startsWith(`${it.stack}.`));
const found = (edit: Edit, stack = XYZ): string =>
  waysOf(verdictOf(partsFitTogether, ...edited(plansFor(stack), edit))).join("\n");

/** What the provider answered of a resource. */
function output(type: string, name: string, key = "arn"): unknown {
  const resources = plansFor(XYZ).flatMap((it) => it.resources);
  return resources.find((it) => it.type === type && it.name === name)?.outputs?.[key];
}

it("holds in every environment", () => {
  for (const plans of all.values()) {
    const verdict = verdictOf(partsFitTogether, ...plans);
    expect(waysOf(verdict)).toEqual([]);
    expect(verdict.enumerated[0]?.count).toBeGreaterThan(100);
  }
});

it("finds a function that hands out tokens of a client whose secret is another one's", () => {
  const change = set(["environment", "variables", "CLIENT_ID"], output(CLIENT, "agent-data-transformer", "id"));
  expect(found({ type: FUNCTION, name: "agent-coordinator-token", change })).toContain(
    '"agent-coordinator-token" must get the tokens of the client whose secret it reads.',
  );
});

describe("what names the wrong part is found:", () => {
  it.each<readonly [string, Edit, string]>([
    [
      "a cluster of another region",
      {
        type: KUBERNETES,
        name: "kubernetes",
        change: change("kubeconfig", (it) => it.replaceAll("eu-west-1", "us-east-1")),
      },
      '"kubernetes" must name in its kubeconfig the cluster of its own stack, or of one above it.',
    ],
    [
      "a kubeconfig that cannot be read",
      { type: KUBERNETES, name: "kubernetes", change: change("kubeconfig", (it) => `${it}x`) },
      '"kubernetes" must name in its kubeconfig the cluster of its own stack, or of one above it.',
    ],
    [
      "objects of a provider that is not there",
      { type: KUBERNETES, name: "kubernetes" },
      "must be made by a provider that its stack declares.",
    ],
    [
      "a database that nobody sets up",
      { type: "aws:lambda/invocation:Invocation", name: "database-setup" },
      '"database-setup" must be called by an Invocation of its stack.',
    ],
    [
      "a NAT gateway whose subnet has no way out",
      { type: "aws:ec2/route:Route", name: "vpc-public" },
      '"vpc-euw1-az1" must be in a subnet whose route leads to an internet gateway.',
    ],
    [
      "a function that no rule calls",
      {
        type: "aws:cloudwatch/eventTarget:EventTarget",
        name: "realm-keeper",
        change: set(["arn"], "arn:aws:sns:eu-west-1:111122223333:alerts"),
      },
      '"realm-keeper" must be for a rule whose target is the function.',
    ],
    [
      "backups under no key of the stack",
      { type: "aws:backup/vault:Vault", name: "keycloak-backups", change: set(["kmsKeyArn"], undefined) },
      '"keycloak-backups" must be under a key of its stack.',
    ],
    [
      "records under the key of AWS",
      {
        type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        name: "records",
        change: set(["rules", "0", "applyServerSideEncryptionByDefault", "kmsMasterKeyId"], undefined),
      },
      '"records" must name the key under which objects are.',
    ],
    [
      "a database without any capacity",
      {
        type: "aws:rds/cluster:Cluster",
        name: "database",
        change: set(["serverlessv2ScalingConfiguration", "maxCapacity"], 0),
      },
      '"database" must be able to have a capacity.',
    ],
    [
      "files that must name their key, which nobody does",
      {
        type: "aws:s3/bucketPolicy:BucketPolicy",
        name: "bucket",
        change: statementsIn("policy", (statements) => statements.map(withoutNull)),
      },
      '"bucket" must take what names no key: the default of the bucket does.',
    ],
    [
      "a way out without an address",
      { type: "aws:ec2/natGateway:NatGateway", name: "vpc-euw1-az1", change: set(["allocationId"], undefined) },
      '"vpc-euw1-az1" must have an address of the internet.',
    ],
    [
      "a zone twice",
      {
        type: "aws:ec2/subnet:Subnet",
        name: "vpc-euw1-az1-private",
        change: set(["availabilityZoneId"], "euw1-az2"),
      },
      '"endpoints-kms" must be in one subnet of each zone.',
    ],
    [
      "an endpoint that admits nobody",
      { type: "aws:ec2/securityGroup:SecurityGroup", name: "endpoints", change: set(["ingress"], []) },
      '"endpoints-kms" must admit HTTPS from its VPC, or from a security group.',
    ],
    [
      "traces in a log group",
      {
        type: DELIVERY,
        name: "gateway-internal-spans",
        change: change("deliveryDestinationArn", (it) => it.replace("spans", "lines")),
      },
      '"gateway-internal-spans" must deliver traces to X-Ray, and logs to a log group.',
    ],
    [
      "a bucket of records without a lock",
      { type: "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", name: "records" },
      '"records" must have a lock of its objects.',
    ],
    [
      "the BFF as another client than its function",
      { type: FUNCTION, name: "bff-b2b-token", change: set(["environment", "variables", "CLIENT_ID"], "another") },
      '"bff-b2b" must be the client whose tokens its function hands out.',
    ],
    [
      "the key of another store",
      {
        type: RUNTIME,
        name: "mcp-files-v1",
        change: set(["environmentVariables", "FILES_KMS_KEY_ARN"], "arn:aws:kms:eu-west-1:111122223333:key/other"),
      },
      '"mcp-files-v1" must be told of the key of its bucket.',
    ],
    [
      "a bucket without the documents",
      { type: RUNTIME, name: "mcp-development-v1", change: set(["environmentVariables", "DOCUMENTS_BUCKET"], "other") },
      '"mcp-development-v1" must be told of the bucket that holds its documents.',
    ],
    [
      "a bucket without the tenant's own APIs",
      { type: RUNTIME, name: "mcp-api-integration-v2", change: set(["environmentVariables", "APIS_BUCKET"], "other") },
      '"mcp-api-integration-v2" must be told of the bucket that holds its documents.',
    ],
  ])("%s", (_, edit, says) => {
    expect(found(edit)).toContain(says);
  });

  it("a log group of another writer", () => {
    const group = output("aws:cloudwatch/logGroup:LogGroup", "flow-logs");
    const edit: Edit = {
      type: "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig",
      name: "names",
      change: set(["destinationArn"], group),
    };
    expect(found(edit)).toContain('"names" must write into a log group that is its own.');
    expect(found(edit)).toContain('"flow-logs" must write into a log group that is its own.');
  });

  it("a way out through another zone", () => {
    const other = output("aws:ec2/natGateway:NatGateway", "vpc-euw1-az2", "id");
    const edit: Edit = {
      type: "aws:ec2/route:Route",
      name: "vpc-euw1-az1-private",
      change: set(["natGatewayId"], other),
    };
    expect(found(edit)).toBe('"vpc-euw1-az1-private" must lead to the NAT gateway of the zone of its subnets.');
  });

  it("a web ACL of another kind of entry", () => {
    const gateways = output("aws:wafv2/webAcl:WebAcl", "gateways");
    const edit: Edit = {
      type: "aws:wafv2/webAclAssociation:WebAclAssociation",
      name: "edge",
      change: set(["webAclArn"], gateways),
    };
    expect(found(edit)).toContain('"gateways" must stand before one kind of entry.');
  });

  it("the security group of another service", () => {
    const groups = plansFor(XYZ)
      .flatMap((it) => it.resources)
      .find((it) => it.type === RUNTIME && it.name === "mcp-files-v1")?.inputs["networkConfiguration"];
    const edit: Edit = { type: RUNTIME, name: /^mcp-api-integration/, change: set(["networkConfiguration"], groups) };
    expect(found(edit)).toContain('"mcp-files-v1" must be in security groups of its own service.');
  });

  it.each<readonly [string, Edit]>([
    ["who are throttled", { type: ALARM, name: "sign-ins-b2c-throttled" }],
    ["who are refused", { type: ALARM, name: "sign-ins-b2c-failing" }],
    [
      "of another client",
      {
        type: ALARM,
        name: "sign-ins-b2c-failing",
        change: set(["metricQueries", "1", "metric", "dimensions", "UserPoolClient"], "other"),
      },
    ],
  ])("people %s, of whom nobody hears", (_, edit) => {
    const says = '"bff-b2c" must have alarms on SignInThrottles and SignInSuccesses of its client.';
    expect(found(edit, CONSUMERS)).toContain(says);
  });

  it.each<readonly [string, readonly [string, ...string[]]]>([
    ["sends codes elsewhere", ["callbackUrls"]],
    ["sends people elsewhere who sign out", ["logoutUrls"]],
  ])("a client that %s", (_, path) => {
    const edit: Edit = { type: CLIENT, name: "bff-b2c-sign-in", change: set(path, ["https://elsewhere.example.com/"]) };
    expect(found(edit, CONSUMERS)).toContain('"bff-b2c" must be where its client sends people back.');
  });
});

function change(input: string, of: (text: string) => string): (inputs: Inputs) => void {
  return (inputs) => {
    inputs[input] = of(String(inputs[input]));
  };
}

/** The statement without the condition that lets requests pass which name nothing. */
function withoutNull(statement: Inputs): Inputs {
  const conditions = Object.entries((statement["Condition"] ?? {}) as Inputs).filter(([key]) => key !== "Null");
  return { ...statement, Condition: Object.fromEntries(conditions) };
}
