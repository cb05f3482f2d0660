import { beforeAll, describe, expect, it } from "vitest";
import type { Plan } from "../../../../plan/model.ts";
import { servicesMayDoTheirWork as proven } from "../../../../policies/proofs/services-may-do-their-work.ts";
import { plansOfAllEnvironments } from "../all-environments.ts";
import { type Edit, edited, set, statementsIn, withoutAction } from "../edits.ts";
import { verdictOf, waysOf, XYZ } from "../platforms.ts";

const KEY = "aws:kms/key:Key";
const ROLE = "aws:iam/role:Role";
const TRAIL = "aws:cloudtrail/trail:Trail";

let all: ReadonlyMap<string, readonly Plan[]>;

beforeAll(() => {
  all = plansOfAllEnvironments();
});

function found(edit: Edit): string {
  const plans = (all.get("production") ?? []).filter(({ stack }) => XYZ.startsWith(stack));
  return waysOf(verdictOf(proven, ...edited(plans, edit))).join("\n");
}

/** Takes the statements away that name a service. */
const without = (type: string, name: string | RegExp, input: string, service: string): Edit => ({
  type,
  name,
  change: statementsIn(input, (of) => of.filter((it) => !JSON.stringify(it["Principal"]).includes(service))),
});

it("holds in every environment", () => {
  for (const plans of all.values()) {
    const verdict = verdictOf(proven, ...plans);
    expect(waysOf(verdict)).toEqual([]);
    expect(verdict.enumerated.find((it) => it.what === "calls of services")?.count).toBeGreaterThan(100);
  }
});

describe("a service that is not let in is found:", () => {
  it.each([
    [
      "an alarm at a topic",
      without("aws:sns/topicPolicy:TopicPolicy", "alerts", "policy", "cloudwatch"),
      '"alerts" must let cloudwatch.amazonaws.com do sns:Publish: "gateway-b2b-errors" tells "alerts".',
    ],
    [
      "a rule at a topic",
      without("aws:sns/topicPolicy:TopicPolicy", "alerts", "policy", "events"),
      '"alerts" must let events.amazonaws.com do sns:Publish: "threats" tells "alerts".',
    ],
    [
      "an alarm at a topic without a policy",
      { type: "aws:sns/topicPolicy:TopicPolicy", name: "alerts" },
      '"alerts" must let cloudwatch.amazonaws.com do sns:Publish',
    ],
    [
      "an alarm at the key of a topic",
      without(KEY, "key", "policy", "cloudwatch"),
      '"key" must let cloudwatch.amazonaws.com do kms:Decrypt: "identity-answers" tells "alerts".',
    ],
    [
      "CloudWatch Logs at a key",
      without(KEY, "key", "policy", "logs."),
      '"key" must let logs.eu-west-1.amazonaws.com do kms:Decrypt: CloudWatch Logs keeps',
    ],
    [
      "CloudWatch Logs at a key, for one action",
      { type: KEY, name: "key", change: withoutAction("policy", "kms:ReEncryptTo") },
      '"key" must let logs.eu-west-1.amazonaws.com do kms:ReEncryptTo',
    ],
    [
      "CloudWatch Logs at a key without a policy",
      { type: KEY, name: "key", change: set(["policy"], undefined) },
      '"key" must let logs.eu-west-1.amazonaws.com do kms:Decrypt',
    ],
    [
      "X-Ray at its log groups",
      without("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "spans", "policyDocument", "xray"),
      '"spans" must let xray.amazonaws.com do logs:CreateLogStream: X-Ray stores all spans there.',
    ],
    [
      "deliveries at log groups",
      without("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "spans", "policyDocument", "delivery"),
      '"spans" must let delivery.logs.amazonaws.com do logs:CreateLogStream: AWS delivers to',
    ],
    [
      "CloudTrail at its bucket",
      { type: "aws:s3/bucketPolicy:BucketPolicy", name: "records", change: withoutAction("policy", "s3:GetBucketAcl") },
      '"records" must let cloudtrail.amazonaws.com do s3:GetBucketAcl: "trail" is written to "records".',
    ],
    [
      "CloudTrail at another key",
      { type: TRAIL, name: "trail", change: (it) => (it["kmsKeyId"] = keyOf("keycloak-key")) },
      '"keycloak-key" must let cloudtrail.amazonaws.com do kms:Decrypt',
    ],
    [
      "a load balancer at its bucket",
      without("aws:s3/bucketPolicy:BucketPolicy", "edge-logs", "policy", "elasticloadbalancing"),
      '"edge-logs" must let logdelivery.elasticloadbalancing.amazonaws.com do s3:PutObject',
    ],
    [
      "EventBridge at a function",
      { type: "aws:lambda/permission:Permission", name: "realm-keeper" },
      '"realm-keeper" must let events.amazonaws.com do lambda:InvokeFunction: "realm-keeper" calls it.',
    ],
    [
      "Lambda at the role of a function",
      { type: ROLE, name: "interceptor-b2b", change: withoutAction("assumeRolePolicy", "sts:AssumeRole") },
      '"interceptor-b2b" must let lambda.amazonaws.com do sts:AssumeRole: it is the role of "interceptor-b2b".',
    ],
    [
      "AgentCore at the role of another runtime",
      {
        type: ROLE,
        name: "mcp-files-v1",
        change: (it) => (it["assumeRolePolicy"] = String(it["assumeRolePolicy"]).replace("mcp_files", "mcp_fils")),
      },
      '"mcp-files-v1" must let bedrock-agentcore.amazonaws.com do sts:AssumeRole',
    ],
    [
      "EKS Pod Identity at the role of the identity server",
      { type: ROLE, name: "keycloak", change: withoutAction("assumeRolePolicy", "sts:TagSession") },
      '"keycloak" must let pods.eks.amazonaws.com do sts:TagSession',
    ],
    [
      "Route 53 at the key of a zone",
      { type: KEY, name: "zone", change: withoutAction("policy", "kms:CreateGrant") },
      '"zone" must let dnssec-route53.amazonaws.com do kms:CreateGrant: Route 53 signs with it',
    ],
  ] satisfies readonly (readonly [string, Edit, string])[])("%s", (_, edit, message) => {
    expect(found(edit)).toContain(message);
  });
});

const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const BOUNDARY = "aws:iam/policy:Policy";

/** Takes an action out of the policy of a role. */
const lessOf = (name: string, action: string): Edit => ({
  type: ROLE_POLICY,
  name,
  change: withoutAction("policy", action),
});

describe("a role as which a service cannot do its work is found:", () => {
  it.each([
    ["no grant to write flow logs", { type: ROLE_POLICY, name: "flow-logs" }, '"flow-logs" must be granted logs:'],
    [
      "no grant to write the last action of flow logs",
      lessOf("flow-logs", "logs:PutLogEvents"),
      '"flow-logs" must be granted logs:PutLogEvents on arn:aws:logs:eu-west-1:',
    ],
    [
      "no spans of containers",
      lessOf("containers", "xray:PutTraceSegments"),
      "must be granted xray:PutTraceSegments on *",
    ],
    [
      "no copies of backups",
      lessOf("backups", "backup:CopyFromBackupVault"),
      "must be granted backup:CopyFromBackupVault",
    ],
    ["no backup of a table", lessOf("backups", "dynamodb:CreateBackup"), "must be granted dynamodb:CreateBackup on"],
    [
      "no restore of a table",
      lessOf("backups-restore", "dynamodb:BatchWriteItem"),
      "must be granted dynamodb:BatchWriteItem on",
    ],
    [
      "no restore of a database",
      lessOf("backups-restore", "rds:RestoreDBClusterFromSnapshot"),
      "must be granted rds:RestoreDBClusterFromSnapshot on",
    ],
    ["no passing on of a key", lessOf("backups", "kms:CreateGrant"), "must be granted kms:CreateGrant on arn:aws:kms:"],
    ["no lookup by tags", lessOf("backups", "tag:GetResources"), "must be granted tag:GetResources on *"],
    [
      "a boundary that knows no snapshots of databases",
      {
        type: BOUNDARY,
        name: "boundary",
        change: (it) => (it["policy"] = String(it["policy"]).replace(":cluster-snapshot:awsbackup:*", ":snapshot:x")),
      },
      '"backups" must have a boundary that allows backup:CopyFromBackupVault on arn:aws:rds:eu-west-1:',
    ],
    [
      "a boundary without backups",
      { type: BOUNDARY, name: "boundary", change: withoutAction("policy", "backup:CopyIntoBackupVault") },
      "must have a boundary that allows backup:CopyIntoBackupVault on",
    ],
    [
      "a cluster that makes no nodes",
      { type: ATTACHMENT, name: /AmazonEKSComputePolicy$/ },
      "must have AmazonEKSComputePolicy attached: Amazon EKS makes nodes, addresses and volumes of",
    ],
    [
      "nodes that pull no images",
      { type: ATTACHMENT, name: /AmazonEC2ContainerRegistryPullOnly$/ },
      "must have AmazonEC2ContainerRegistryPullOnly attached: nodes join the cluster",
    ],
  ] satisfies readonly (readonly [string, Edit, string])[])("%s", (_, edit, message) => {
    expect(found(edit)).toContain(message);
  });
});

function keyOf(name: string): unknown {
  const region = all.get("production")?.find(({ stack }) => stack === "production.eu-west-1");
  return region?.resources.find((it) => it.type === KEY && it.name === name)?.outputs?.["arn"];
}
