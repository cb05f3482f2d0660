import { type Behaviours, type Draft, alphanumeric, arn, hex, text, uuid } from "./behaviour.ts";

const KEY = "aws:kms/key:Key";

/** KMS, Secrets Manager and IAM Access Analyzer. */
export const SECURITY: Behaviours = {
  [KEY]: {
    id: (it) => (it.inputs["multiRegion"] === true ? `mrk-${hex(it, 32)}` : uuid(it)),
    defaults: () => ({
      customerMasterKeySpec: "SYMMETRIC_DEFAULT",
      keyUsage: "ENCRYPT_DECRYPT",
      isEnabled: true,
      multiRegion: false,
    }),
    outputs: (it) => ({ arn: arn("kms", it, `key/${it.id}`), keyId: it.id }),
    replaces: ["customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId"],
  },
  "aws:kms/alias:Alias": {
    autoname: "name",
    unique: ["name"],
    id: (it) => text(it, "name"),
    outputs: (it) => ({
      arn: arn("kms", it, it.id),
      targetKeyArn: arn("kms", it, `key/${keyId(text(it, "targetKeyId"))}`),
    }),
    references: { targetKeyId: KEY },
    replaces: ["name"],
  },
  "aws:kms/replicaKey:ReplicaKey": {
    id: (it) => keyId(text(it, "primaryKeyArn")),
    outputs: (it) => ({
      arn: arn("kms", it, `key/${it.id}`),
      keyId: it.id,
      keySpec: "SYMMETRIC_DEFAULT",
      keyUsage: "ENCRYPT_DECRYPT",
    }),
    defaults: () => ({ enabled: true }),
    replaces: ["primaryKeyArn", "region"],
  },
  "aws:secretsmanager/secret:Secret": {
    autoname: "name",
    unique: ["name"],
    id: (it) => arn("secretsmanager", it, `secret:${text(it, "name")}-${alphanumeric(it, 6)}`),
    defaults: () => ({ recoveryWindowInDays: 30, forceOverwriteReplicaSecret: false }),
    outputs: (it) => ({ arn: it.id }),
    replaces: ["name", "namePrefix"],
  },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    id: (it) => `${text(it, "secretId")}|${uuid(it)}`,
    sharesArn: true,
    outputs: (it) => ({ arn: secretArn(it), versionId: uuid(it), versionStages: ["AWSCURRENT"] }),
    references: { secretId: "aws:secretsmanager/secret:Secret" },
    replaces: ["secretId", "secretString", "secretBinary"],
  },
  "aws:secretsmanager/secretRotation:SecretRotation": {
    id: (it) => text(it, "secretId"),
    sharesArn: true,
    unique: ["secretId"],
    defaults: () => ({ rotateImmediately: true }),
    outputs: () => ({ rotationEnabled: true }),
    references: { secretId: "aws:secretsmanager/secret:Secret", rotationLambdaArn: "aws:lambda/function:Function" },
    replaces: ["secretId"],
  },
  "aws:accessanalyzer/analyzer:Analyzer": {
    unique: ["analyzerName"],
    id: (it) => text(it, "analyzerName"),
    outputs: (it) => ({ arn: arn("access-analyzer", it, `analyzer/${it.id}`) }),
    replaces: ["analyzerName", "type"],
  },
};

function keyId(reference: string): string {
  return reference.split("key/").at(-1) ?? reference;
}

/** The ARN of the secret that a version is of: it is named by its ARN, or by its name. */
function secretArn(it: Draft): string {
  const secret = text(it, "secretId");
  return secret.startsWith("arn:") ? secret : arn("secretsmanager", it, `secret:${secret}`);
}
