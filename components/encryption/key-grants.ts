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
