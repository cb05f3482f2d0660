import type { Limits } from "../spec.ts";

/** A limit that AWS documents, but no service model states. */
export interface DocumentedLimit {
  readonly owner: string;
  readonly property: string;
  /** The document of AWS, in the words of a message. */
  readonly source: string;
  readonly limits: Limits;
}

/** The limits of the platform's own types, and of those beside them, that are only in AWS's documents. */
export const DOCUMENTED: readonly DocumentedLimit[] = [
  ...limitsOf("aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime", "AgentCore quotas", {
    // The service model states the number of variables and the length of each; the quota is on all of them together.
    environmentVariables: {
      min: 1,
      max: 50,
      keys: { min: 1, max: 100 },
      items: { max: 5000 },
      bytes: 2560,
      secret: true,
    },
  }),
  ...limitsOf("aws:backup/vault:Vault", "AWS Backup API reference", {
    name: { min: 2, max: 50, pattern: "[a-zA-Z0-9_-]+" },
  }),
  ...limitsOf("aws:backup/vaultLockConfiguration:VaultLockConfiguration", "AWS Backup API reference", {
    changeableForDays: { min: 3, max: 36_500 },
    minRetentionDays: { min: 1, max: 36_500 },
    maxRetentionDays: { min: 1, max: 36_500 },
  }),
  ...limitsOf("aws:kms/key:Key", "KMS API reference", { deletionWindowInDays: { min: 7, max: 30 } }),
  ...limitsOf("aws:kms/replicaKey:ReplicaKey", "KMS API reference", { deletionWindowInDays: { min: 7, max: 30 } }),
  ...limitsOf("aws:lambda/function:Function", "Lambda quotas", { timeout: { min: 1, max: 900 } }),
  ...limitsOf("aws:rds/cluster:Cluster", "Aurora user guide", {
    backupRetentionPeriod: { min: 1, max: 35 },
    clusterIdentifier: { min: 1, max: 63, pattern: "[a-zA-Z](?:-?[a-zA-Z0-9])*" },
    port: { min: 1150, max: 65_535 },
  }),
  ...limitsOf("aws:rds/clusterInstance:ClusterInstance", "Aurora user guide", {
    identifier: { min: 1, max: 63, pattern: "[a-zA-Z](?:-?[a-zA-Z0-9])*" },
    promotionTier: { min: 0, max: 15 },
  }),
  ...limitsOf("aws:rds/instance:Instance", "RDS user guide", {
    backupRetentionPeriod: { min: 0, max: 35 },
    identifier: { min: 1, max: 63, pattern: "[a-zA-Z](?:-?[a-zA-Z0-9])*" },
  }),
  ...limitsOf("aws:s3/bucket:Bucket", "S3 bucket naming rules", {
    bucket: { min: 3, max: 63, pattern: "[a-z0-9](?:[a-z0-9.-]*[a-z0-9])" },
  }),
  ...limitsOf("aws:secretsmanager/secret:Secret", "Secrets Manager API reference", {
    recoveryWindowInDays: { min: 0, max: 30 },
  }),
  ...limitsOf("aws:sns/topic:Topic", "SNS API reference", {
    name: { min: 1, max: 256, pattern: "[A-Za-z0-9_-]+(?:\\.fifo)?" },
  }),
  ...limitsOf("aws:sqs/queue:Queue", "SQS API reference", {
    name: { min: 1, max: 80, pattern: "[A-Za-z0-9_-]+(?:\\.fifo)?" },
    delaySeconds: { min: 0, max: 900 },
    maxMessageSize: { min: 1024, max: 1_048_576 },
    messageRetentionSeconds: { min: 60, max: 1_209_600 },
    receiveWaitTimeSeconds: { min: 0, max: 20 },
    visibilityTimeoutSeconds: { min: 0, max: 43_200 },
  }),
];

function limitsOf(owner: string, source: string, properties: Readonly<Record<string, Limits>>): DocumentedLimit[] {
  return Object.entries(properties).map(([property, limits]) => ({ owner, property, source, limits }));
}
