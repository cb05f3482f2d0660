import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { backupServices, createGrant, grantToServices } from "../encryption/key-grants.ts";
import { policyDocument, type Statement } from "./policy-document.ts";

const INTERFACES = [
  "AssignPrivateIpAddresses",
  "CreateNetworkInterface",
  "DeleteNetworkInterface",
  "UnassignPrivateIpAddresses",
];

/** How a gateway asks its policy engine; both are named in the question. */
const DECIDE = ["AuthorizeAction", "PartiallyAuthorizeActions"];

/** How the secrets of a user pool's clients are changed. */
const CLIENT_SECRETS = ["AddUserPoolClientSecret", "DeleteUserPoolClientSecret", "ListUserPoolClientSecrets"];

/** How a user pool is told by which providers people sign in. */
const SIGN_IN_PROVIDERS = ["CreateIdentityProvider", "UpdateIdentityProvider"];

/** How items of tables are read and changed, one by one and several together. */
const ITEMS = [
  "BatchGetItem",
  "BatchWriteItem",
  "ConditionCheckItem",
  "DeleteItem",
  "GetItem",
  "PutItem",
  "Query",
  "UpdateItem",
];

/** What AWS Backup does with tables and databases, as a role. */
const BACKUPS = {
  tables: [
    "CreateBackup",
    "DeleteBackup",
    "DescribeBackup",
    "DescribeTable",
    "ListTagsOfResource",
    "StartAwsBackupJob",
  ],
  databases: [
    "AddTagsToResource",
    "CopyDBClusterSnapshot",
    "CreateDBClusterSnapshot",
    "DescribeDBClusterSnapshots",
    "DescribeDBClusters",
    "ListTagsForResource",
  ],
};

/** How the value of a secret is read and changed. */
const SECRETS = ["DescribeSecret", "GetSecretValue", "PutSecretValue", "UpdateSecretVersionStage"];

/** What is done with objects, and how Amazon S3 copies them to another bucket. */
const OBJECTS = [
  ...["AbortMultipartUpload", "DeleteObject", "GetObject", "ListBucket", "PutObject"],
  ...["GetObjectVersionAcl", "GetObjectVersionForReplication", "GetObjectVersionTagging"],
  ...["GetReplicationConfiguration", "ReplicateDelete", "ReplicateObject", "ReplicateTags"],
];

/** To report spans, and to read traces. */
const TRACING = [
  "xray:BatchGetTraces",
  "xray:GetSamplingRules",
  "xray:GetSamplingTargets",
  "xray:GetTraceSummaries",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
];

/** Where a boundary holds. */
export interface PermissionsBoundaryArgs {
  readonly environment: string;
  readonly account: string;
}

/** The most that any role of an environment can ever do, whatever is granted to it (premise 8). */
export function permissionsBoundary(
  name: string,
  { environment, account }: PermissionsBoundaryArgs,
  opts: pulumi.CustomResourceOptions,
): aws.iam.Policy {
  return new aws.iam.Policy(
    name,
    {
      name: `alicerce-${environment}-boundary`,
      path: "/alicerce/",
      description: `The most that a role of ${environment} can do`,
      policy: policyDocument([...withinAccount(account), ...withoutResource(account)]),
    },
    opts,
  );
}

function withinAccount(account: string): readonly Statement[] {
  const within = (service: string, resource: string, ...actions: readonly string[]): Statement => ({
    Effect: "Allow",
    Action: actions.map((it) => `${service}:${it}`),
    Resource: `arn:aws:${service}:*:${account}:${resource}`,
  });
  return [
    within("backup", "backup-vault:alicerce-*", "CopyIntoBackupVault", "DescribeBackupVault"),
    copiesOfBackups(account),
    within("bedrock", "inference-profile/*", "InvokeModel", "InvokeModelWithResponseStream"),
    within("bedrock-agentcore", "gateway/*", "GetGateway", "ListGatewayTargets", ...DECIDE),
    within("bedrock-agentcore", "policy-engine/*", "GetPolicyEngine", ...DECIDE),
    within("bedrock-agentcore", "runtime/*", "GetAgentRuntime", "GetAgentRuntimeEndpoint", "InvokeAgentRuntime"),
    within("cognito-idp", "userpool/*", ...CLIENT_SECRETS, ...SIGN_IN_PROVIDERS),
    within("dynamodb", "table/*", ...ITEMS, ...BACKUPS.tables),
    // Lambda makes the interfaces of functions in the network; it refuses a role that may delete fewer than all.
    within("ec2", "*/*", ...INTERFACES),
    within("ecr", "repository/alicerce/*", "BatchGetImage", "GetDownloadUrlForLayer"),
    within("events", "event-bus/*", "PutEvents"),
    within("kms", "key/*", "Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey", "Sign"),
    createGrant(`arn:aws:kms:*:${account}:key/*`),
    grantToServices(`arn:aws:kms:*:${account}:key/*`, backupServices(["*"])),
    within("lambda", "function:*", "InvokeFunction"),
    within("logs", "log-group:*", "CreateLogStream", "DescribeLogStreams", "FilterLogEvents", "PutLogEvents"),
    within("logs", "log-group:/aws/bedrock-agentcore/runtimes/*", "PutResourcePolicy"),
    within("dynamodb", "table/awsbackup-restore-test-*", "RestoreTableFromAwsBackup"),
    within("rds", "cluster*:*", ...BACKUPS.databases, "RestoreDBClusterFromSnapshot"),
    within("rds", "subgrp:*", ...BACKUPS.databases, "RestoreDBClusterFromSnapshot"),
    within("rds-db", "dbuser:*", "connect"),
    within("secretsmanager", "secret:*", ...SECRETS),
    within("sqs", "*", "ChangeMessageVisibility", "DeleteMessage", "ReceiveMessage", "SendMessage"),
  ];
}

/** A backup of a cluster of Aurora is named as a snapshot of Amazon RDS, not as a recovery point (Service Authorization Reference, "AWS Backup"). */
function copiesOfBackups(account: string): Statement {
  const points = [`backup:*:${account}:recovery-point`, `rds:*:${account}:cluster-snapshot:awsbackup`];
  return {
    Effect: "Allow",
    Action: ["backup:CopyFromBackupVault"],
    Resource: points.map((it) => `arn:aws:${it}:*`),
  };
}

function withoutResource(account: string): readonly Statement[] {
  return [
    {
      Effect: "Allow",
      Action: ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
      Resource: "arn:aws:bedrock:*::foundation-model/*",
    },
    {
      // Names of buckets are worldwide, so their ARNs name no account.
      Effect: "Allow",
      Action: OBJECTS.map((it) => `s3:${it}`),
      Resource: "arn:aws:s3:::*",
      Condition: { StringEquals: { "aws:ResourceAccount": account } },
    },
    { Effect: "Allow", Action: ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"], Resource: "*" },
    { Effect: "Allow", Action: ["ecr:GetAuthorizationToken", "tag:GetResources"], Resource: "*" },
    {
      Effect: "Allow",
      Action: TRACING,
      Resource: "*",
    },
    {
      Effect: "Allow",
      Action: ["cloudwatch:PutMetricData"],
      Resource: "*",
      Condition: { StringEquals: { "cloudwatch:namespace": "bedrock-agentcore" } },
    },
    {
      Effect: "Allow",
      Action: ["sts:AssumeRole"],
      Resource: `arn:aws:iam::${account}:role/alicerce/execution/*`,
      Condition: { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/alicerce/deploy-*` } },
    },
  ];
}
