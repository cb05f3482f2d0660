import type * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../identity/policy-document.ts";
import type { Place } from "../place.ts";

const USE = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

const ADMINISTER = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:CreateGrant",
  "kms:DeleteAlias",
  "kms:DisableKey",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListAliases",
  "kms:ListGrants",
  "kms:ListKeyPolicies",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:ReplicateKey",
  "kms:RevokeGrant",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
  "kms:UpdatePrimaryRegion",
];

/** The policy of a key: IAM of its own account decides who uses it, log groups of that account may be encrypted, and what `others` allow. */
export function keyPolicy(
  { account, region }: Pick<Place, "account" | "region">,
  others: readonly Statement[] = [],
): pulumi.Output<string> {
  return policyDocument([accountDecides(account, USE), logsOf(account, region), ...others]);
}

/** The policy of a key that signs: IAM of its own account decides who does, and what `others` allow. */
export function signingKeyPolicy(
  { account }: Pick<Place, "account">,
  others: readonly Statement[] = [],
): pulumi.Output<string> {
  return policyDocument([accountDecides(account, ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"]), ...others]);
}

/** Lets the alarms of the account publish to topics under the key. */
export function alarmsMayUse({ account }: Place): Statement {
  return {
    Sid: "AlarmsToTopics",
    Effect: "Allow",
    Principal: { Service: "cloudwatch.amazonaws.com" },
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: "*",
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  };
}

/** Lets rules of Amazon EventBridge in the account publish to topics under the key. */
export function findingsMayUse({ account, region }: Place): Statement {
  return {
    Sid: "FindingsToTopics",
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: "*",
    Condition: { ArnLike: { "aws:SourceArn": `arn:aws:events:${region}:${account}:rule/*` } },
  };
}

/** Lets Amazon EventBridge keep the events of one bus under the key, and put them into queues under it (EventBridge, "encrypting event buses"). */
export function busMayUse({ account, region }: Pick<Place, "account" | "region">, busName: string): Statement {
  const events = `arn:aws:events:${region}:${account}`;
  return {
    Sid: "Events",
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
    Resource: "*",
    Condition: {
      ArnLike: {
        "aws:SourceArn": [
          `${events}:event-bus/${busName}`,
          `${events}:rule/${busName}/*`,
          `${events}:archive/${busName}`,
        ],
      },
    },
  };
}

/** Lets Amazon EventBridge keep what was said on one bus under the key, to say it again (EventBridge, "encrypting event archives"). */
export function archiveMayUse({ account, region }: Pick<Place, "account" | "region">, busName: string): Statement {
  const bus = `arn:aws:events:${region}:${account}:event-bus/${busName}`;
  return {
    Sid: "EventArchive",
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: ["kms:Decrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"],
    Resource: "*",
    Condition: { StringEquals: { "kms:EncryptionContext:aws:events:event-bus:arn": bus } },
  };
}

/** Lets CloudWatch deliver what AgentCore's resources of the account report, if they are under the key. */
export function deliveriesMayUse({ account, region }: Pick<Place, "account" | "region">): Statement {
  return {
    Sid: "LogDeliveries",
    Effect: "Allow",
    Principal: { Service: "delivery.logs.amazonaws.com" },
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: "*",
    Condition: {
      StringEquals: { "aws:SourceAccount": account },
      StringLike: { "kms:EncryptionContext:SourceArn": `arn:aws:logs:${region}:${account}:*` },
    },
  };
}

function accountDecides(account: string, use: readonly string[]): Statement {
  return {
    Sid: "AccountDecides",
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: [...ADMINISTER, ...use],
    Resource: "*",
  };
}

function logsOf(account: string, region: string): Statement {
  return {
    Sid: "LogGroups",
    Effect: "Allow",
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: USE,
    Resource: "*",
    Condition: {
      ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:*` },
    },
  };
}
