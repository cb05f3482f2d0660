import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { RESERVED } from "../../contracts/execution/needs.ts";
import { executionBoundaryName } from "../../contracts/execution/roles.ts";
import { keyServices } from "./key-services.ts";
import { policyDocument, type Statement } from "../identity/policy-document.ts";

/** Where the boundary holds, and which boundaries the roles get that roles under it make. */
export interface ExecutionBoundaryArgs {
  readonly environment: string;
  readonly account: string;
  readonly boundaries: readonly string[];
}

/** What deployments work with, whole: the policies of each role name the actions. Keys and roles follow one by one. */
const SERVICES = [
  ...[
    "access-analyzer",
    "acm",
    "backup",
    "backup-storage",
    "bedrock-agentcore",
    "budgets",
    "ce",
    "chatbot",
    "cloudtrail",
  ],
  ...["cloudwatch", "cognito-idp", "config", "dynamodb", "ec2", "ecr", "eks", "elasticloadbalancing", "events"],
  ...["guardduty", "inspector2", "lambda", "logs", "rds", "route53", "route53resolver", "s3", "secretsmanager"],
  ...["securityhub", "sns", "sqs", "wafv2", "xray"],
];

/** How data is read, carried away or written, in the services that are allowed whole. */
const DATA = [
  ...["backup:CopyFromBackupVault", "backup:StartCopyJob", "backup:StartRestoreJob"],
  ...[
    "bedrock-agentcore:GetResource*Token",
    "bedrock-agentcore:GetResourceApiKey",
    "bedrock-agentcore:GetWorkloadAccessToken*",
  ],
  ...["bedrock-agentcore:Invoke*", "cloudtrail:LookupEvents", "cognito-idp:Admin*", "cognito-idp:ListUsers*"],
  ...[
    "dynamodb:BatchGetItem",
    "dynamodb:BatchWriteItem",
    "dynamodb:Export*",
    "dynamodb:GetRecords",
    "dynamodb:PartiQL*",
  ],
  ...[
    "dynamodb:Query",
    "dynamodb:Restore*",
    "dynamodb:Scan",
    "ec2:GetConsole*",
    "ec2:GetPasswordData",
    "events:PutEvents",
  ],
  ...["logs:FilterLogEvents", "logs:GetLogEvents", "logs:GetLogRecord", "logs:GetQueryResults", "logs:StartLiveTail"],
  ...[
    "logs:StartQuery",
    "logs:Unmask",
    "rds:Copy*",
    "rds:DownloadDBLogFilePortion",
    "rds:ModifyDBClusterSnapshotAttribute",
  ],
  ...["rds:Restore*", "rds:StartExportTask", "s3:GetObjectVersion*", "secretsmanager:BatchGetSecretValue"],
  ...[
    "secretsmanager:GetSecretValue",
    "secretsmanager:PutSecretValue",
    "sns:Publish",
    "sqs:ReceiveMessage",
    "sqs:SendMessage",
  ],
  ...["xray:BatchGetTraces", "xray:GetTraceSummaries"],
];

const KEYS = [
  ...["CreateAlias", "CreateKey", "DeleteAlias", "DescribeKey", "DisableKey", "EnableKey", "EnableKeyRotation"],
  ...["GetKeyPolicy", "GetKeyRotationStatus", "GetPublicKey", "ListResourceTags", "PutKeyPolicy", "ReplicateKey"],
  ...["RetireGrant", "ScheduleKeyDeletion", "TagResource", "UntagResource", "UpdateAlias", "UpdateKeyDescription"],
].map((it) => `kms:${it}`);

/** What changes a role; `PassRole` hands one on. */
const CHANGES = [
  ...[
    "AttachRolePolicy",
    "CreateRole",
    "DeleteRole",
    "DeleteRolePolicy",
    "DetachRolePolicy",
    "PassRole",
    "PutRolePolicy",
  ],
  ...["TagRole", "UntagRole", "UpdateAssumeRolePolicy", "UpdateRole", "UpdateRoleDescription"],
].map((it) => `iam:${it}`);

const READS = ["iam:Get*", "iam:List*"];

/**
 * The most that the roles which deploy can ever do: nothing with data, nothing to what watches or bounds, and no role that is not bounded
 * (premise 8).
 */
export function executionBoundary(
  name: string,
  args: ExecutionBoundaryArgs,
  opts: pulumi.CustomResourceOptions,
): aws.iam.Policy {
  return new aws.iam.Policy(
    name,
    {
      name: executionBoundaryName(args.environment),
      path: "/alicerce/",
      description: `The most that a deployment of ${args.environment} can do`,
      policy: policyDocument([...allowed(args), ...denied(args)]),
    },
    opts,
  );
}

function allowed({ account }: ExecutionBoundaryArgs): readonly Statement[] {
  const role = `arn:aws:iam::${account}:role`;
  const keys = `arn:aws:kms:*:${account}:key/*`;
  const through = { StringLike: { "kms:ViaService": keyServices(["*"]) } };
  const allow = { Effect: "Allow", Resource: "*" } as const;
  return [
    {
      ...allow,
      Action: [...SERVICES.map((it) => `${it}:*`), ...READS, "iam:UpdateAccountPasswordPolicy", "kms:ListAliases"],
    },
    { ...allow, Action: KEYS },
    { ...allow, Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"], Resource: keys, Condition: through },
    {
      ...allow,
      Action: ["kms:CreateGrant"],
      Resource: keys,
      Condition: { ...through, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
    { ...allow, Action: CHANGES, Resource: `${role}/alicerce/*` },
    { ...allow, Action: ["iam:CreateServiceLinkedRole"], Resource: `${role}/aws-service-role/*` },
  ];
}

function denied({ account, boundaries }: ExecutionBoundaryArgs): readonly Statement[] {
  const roles = `arn:aws:iam::${account}:role/alicerce`;
  const unbounded = { StringNotEquals: { "iam:PermissionsBoundary": boundaries } };
  const deny = { Effect: "Deny", Resource: "*" } as const;
  return [
    { ...deny, Sid: "NoData", Action: DATA },
    {
      Effect: "Deny",
      Sid: "NoObjectsButDocuments",
      Action: ["s3:GetObject"],
      NotResource: "arn:aws:s3:::*/documents/*",
    },
    {
      ...deny,
      Sid: "NoItemsButTheDirectory",
      Action: ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
      Condition: { "ForAnyValue:StringNotEquals": { "dynamodb:LeadingKeys": ["directory"] } },
    },
    { ...deny, Sid: "KeepGuardRails", Action: RESERVED },
    {
      ...deny,
      Sid: "OnlyBoundedRoles",
      Action: ["iam:AttachRolePolicy", "iam:CreateRole", "iam:PutRolePolicy"],
      Condition: unbounded,
    },
    { ...deny, Sid: "NotThemselves", Action: CHANGES, Resource: [`${roles}/execution/*`, `${roles}/deploy-*`] },
  ];
}
