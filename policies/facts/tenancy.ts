import { LABEL, TAG } from "../../contracts/tags.ts";
import { TYPE } from "./resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import type { StackIndex } from "../engine/stack-index.ts";

/** How a store is encrypted: the path of its key, and what switches encryption on where that is not the key alone. */
export interface Encryption {
  readonly key: string;
  readonly on?: readonly [path: string, value: string];
}

/** The types that can hold a tenant's data, and how each is encrypted. */
export const ENCRYPTION: Readonly<Record<string, Encryption>> = {
  "aws:backup/vault:Vault": { key: "kmsKeyArn" },
  "aws:bedrock/agentcoreMemory:AgentcoreMemory": { key: "encryptionKeyArn" },
  "aws:cloudwatch/eventArchive:EventArchive": { key: "kmsKeyIdentifier" },
  "aws:cloudwatch/eventBus:EventBus": { key: "kmsKeyIdentifier" },
  "aws:docdb/cluster:Cluster": { key: "kmsKeyId", on: ["storageEncrypted", "true"] },
  "aws:dynamodb/tableReplica:TableReplica": { key: "kmsKeyArn" },
  "aws:ebs/volume:Volume": { key: "kmsKeyId", on: ["encrypted", "true"] },
  "aws:efs/fileSystem:FileSystem": { key: "kmsKeyId", on: ["encrypted", "true"] },
  "aws:elasticache/replicationGroup:ReplicationGroup": { key: "kmsKeyId" },
  "aws:elasticache/serverlessCache:ServerlessCache": { key: "kmsKeyId" },
  "aws:fsx/lustreFileSystem:LustreFileSystem": { key: "kmsKeyId" },
  "aws:fsx/ontapFileSystem:OntapFileSystem": { key: "kmsKeyId" },
  "aws:fsx/openZfsFileSystem:OpenZfsFileSystem": { key: "kmsKeyId" },
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": {
    key: "serverSideEncryption.keyArn",
    on: ["serverSideEncryption.enabled", "true"],
  },
  "aws:kinesis/stream:Stream": { key: "kmsKeyId", on: ["encryptionType", "KMS"] },
  "aws:memorydb/cluster:Cluster": { key: "kmsKeyArn" },
  "aws:msk/cluster:Cluster": { key: "encryptionInfo.encryptionAtRestKmsKeyArn" },
  "aws:neptune/cluster:Cluster": { key: "kmsKeyArn", on: ["storageEncrypted", "true"] },
  "aws:opensearch/domain:Domain": { key: "encryptAtRest.kmsKeyId", on: ["encryptAtRest.enabled", "true"] },
  "aws:redshift/cluster:Cluster": { key: "kmsKeyId", on: ["encrypted", "true"] },
  "aws:redshiftserverless/namespace:Namespace": { key: "kmsKeyId" },
  // A bucket has one rule at most.
  [TYPE.bucketEncryption]: {
    key: "rules.0.applyServerSideEncryptionByDefault.kmsMasterKeyId",
    on: ["rules.0.applyServerSideEncryptionByDefault.sseAlgorithm", "aws:kms"],
  },
  "aws:sns/topic:Topic": { key: "kmsMasterKeyId" },
  "aws:sqs/queue:Queue": { key: "kmsMasterKeyId" },
  "aws:ssm/parameter:Parameter": { key: "keyId", on: ["type", "SecureString"] },
  "aws:timestreamwrite/database:Database": { key: "kmsKeyId" },
  [TYPE.database]: { key: "kmsKeyId", on: ["storageEncrypted", "true"] },
  [TYPE.databaseInstance]: { key: "kmsKeyId", on: ["storageEncrypted", "true"] },
  [TYPE.gateway]: { key: "kmsKeyArn" },
  [TYPE.logGroup]: { key: "kmsKeyId" },
  [TYPE.policyEngine]: { key: "encryptionKeyArn" },
  [TYPE.secret]: { key: "kmsKeyId" },
  [TYPE.table]: { key: "serverSideEncryption.kmsKeyArn", on: ["serverSideEncryption.enabled", "true"] },
};

/** The tenant that a resource belongs to: that of the stack which it is in, whatever it says of itself; in others, what its tag or label says. */
export function tenantOf(it: ResourceView, stack: StackIndex): string | undefined {
  return stack.tenant ?? it.tag(TAG.tenant) ?? it.label(LABEL.tenant);
}

/** The tenant that a key belongs to, by its tag only: being in a tenant's stack is no proof. */
export function tenantOfKey(key: ResourceView): string | undefined {
  return key.tag(TAG.tenant);
}
