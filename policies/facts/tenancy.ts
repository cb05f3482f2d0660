import { LABEL, TAG } from "../../contracts/tags.ts";
import { TYPE } from "./resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import type { StackIndex } from "../engine/stack-index.ts";

/** The types that can hold a tenant's data, and the input of each that names its KMS key. */
export const KEY_INPUT: Readonly<Record<string, string>> = {
  "aws:bedrock/agentcoreMemory:AgentcoreMemory": "encryptionKeyArn",
  "aws:elasticache/replicationGroup:ReplicationGroup": "kmsKeyId",
  "aws:elasticache/serverlessCache:ServerlessCache": "kmsKeyId",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": "rules",
  "aws:sns/topic:Topic": "kmsMasterKeyId",
  "aws:sqs/queue:Queue": "kmsMasterKeyId",
  [TYPE.database]: "kmsKeyId",
  [TYPE.gateway]: "kmsKeyArn",
  [TYPE.logGroup]: "kmsKeyId",
  [TYPE.policyEngine]: "encryptionKeyArn",
  [TYPE.secret]: "kmsKeyId",
  [TYPE.table]: "serverSideEncryption",
};

/** The tenant that a resource belongs to: that of the stack which it is in, whatever it says of itself; in others, what its tag or label says. */
export function tenantOf(it: ResourceView, stack: StackIndex): string | undefined {
  return stack.tenant ?? it.tag(TAG.tenant) ?? it.label(LABEL.tenant);
}

/** The tenant that a key belongs to, by its tag only: being in a tenant's stack is no proof. */
export function tenantOfKey(key: ResourceView): string | undefined {
  return key.tag(TAG.tenant);
}
