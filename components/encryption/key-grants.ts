import type * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../identity/policy-document.ts";

/**
 * Permission to pass on the use of keys: to read and to write, in an encryption context, and no more. AgentCore creates such a
 * grant when it encrypts a gateway (https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-encryption.html).
 */
export function createGrant(keyArn: pulumi.Input<string>): Statement {
  return {
    Effect: "Allow",
    Action: ["kms:CreateGrant"],
    Resource: keyArn,
    Condition: {
      StringEquals: { "kms:GrantConstraintType": "EncryptionContextSubset" },
      "ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt", "GenerateDataKey"] },
    },
  };
}

/** Services that encrypt and decrypt when AWS Backup works. */
const OF_BACKUPS = ["backup", "dynamodb", "rds"];

/** The names by which AWS KMS knows the services that AWS Backup works through in these regions; `*` stands for all regions. */
export function backupServices(regions: readonly string[]): readonly string[] {
  return regions.flatMap((region) => OF_BACKUPS.map((it) => `${it}.${region}.amazonaws.com`));
}

/**
 * Permission to let those services use keys for what they make themselves, such as the snapshot of a database
 * (AWS KMS developer guide, `kms:GrantIsForAWSResource`).
 */
export function grantToServices(
  keyArns: pulumi.Input<string> | readonly pulumi.Input<string>[],
  services: readonly string[],
): Statement {
  return {
    Effect: "Allow",
    Action: ["kms:CreateGrant"],
    Resource: keyArns,
    Condition: { StringLike: { "kms:ViaService": services }, Bool: { "kms:GrantIsForAWSResource": "true" } },
  };
}
