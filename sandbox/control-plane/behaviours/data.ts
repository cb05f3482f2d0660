import { type Behaviour, type Behaviours, type Draft, alphanumeric, arn, hex, text, uuid } from "./behaviour.ts";

const BUCKET = "aws:s3/bucket:Bucket";
const CLUSTER = "aws:rds/cluster:Cluster";
const PARAMETERS = "aws:rds/clusterParameterGroup:ClusterParameterGroup";
const SUBNETS = "aws:rds/subnetGroup:SubnetGroup";
const TABLE = "aws:dynamodb/table:Table";

/** Amazon RDS, DynamoDB and S3. */
export const DATA: Behaviours = {
  [CLUSTER]: {
    autoname: "clusterIdentifier",
    unique: ["clusterIdentifier"],
    id: (it) => text(it, "clusterIdentifier"),
    defaults: () => ({ backupRetentionPeriod: 1, engineMode: "provisioned", skipFinalSnapshot: false }),
    outputs: (it) => ({
      arn: arn("rds", it, `cluster:${it.id}`),
      clusterResourceId: resourceId("cluster", it),
      endpoint: host(`${it.id}.cluster`, it),
      readerEndpoint: host(`${it.id}.cluster-ro`, it),
      engineVersionActual: text(it, "engineVersion"),
      port: it.inputs["port"] ?? portOf(it),
      ...(it.inputs["manageMasterUserPassword"] === true ? { masterUserSecrets: [masterSecret(it)] } : {}),
    }),
    references: { dbSubnetGroupName: SUBNETS, dbClusterParameterGroupName: PARAMETERS },
    replaces: [
      "availabilityZones",
      "clusterIdentifier",
      "clusterIdentifierPrefix",
      "databaseName",
      "dbSubnetGroupName",
      "engine",
      "engineMode",
      "kmsKeyId",
      "masterUsername",
      "snapshotIdentifier",
      "storageEncrypted",
    ],
  },
  "aws:rds/clusterInstance:ClusterInstance": {
    autoname: "identifier",
    unique: ["identifier"],
    id: (it) => text(it, "identifier"),
    defaults: () => ({ autoMinorVersionUpgrade: true, copyTagsToSnapshot: false, promotionTier: 0 }),
    outputs: (it) => ({
      arn: arn("rds", it, `db:${it.id}`),
      dbiResourceId: resourceId("db", it),
      endpoint: host(it.id, it),
      port: portOf(it),
      publiclyAccessible: it.inputs["publiclyAccessible"] ?? false,
    }),
    references: { clusterIdentifier: CLUSTER },
    replaces: [
      "availabilityZone",
      "clusterIdentifier",
      "dbSubnetGroupName",
      "engine",
      "identifier",
      "identifierPrefix",
    ],
  },
  [SUBNETS]: {
    autoname: "name",
    unique: ["name"],
    id: (it) => text(it, "name"),
    defaults: () => ({ description: "Managed by Pulumi" }),
    outputs: (it) => ({ arn: arn("rds", it, `subgrp:${it.id}`), supportedNetworkTypes: ["IPV4"] }),
    replaces: ["name", "namePrefix"],
  },
  [PARAMETERS]: {
    autoname: "name",
    unique: ["name"],
    id: (it) => text(it, "name"),
    defaults: () => ({ description: "Managed by Pulumi" }),
    outputs: (it) => ({ arn: arn("rds", it, `cluster-pg:${it.id}`) }),
    replaces: ["description", "family", "name", "namePrefix"],
  },
  [TABLE]: {
    autoname: "name",
    unique: ["name"],
    id: (it) => text(it, "name"),
    defaults: () => ({ billingMode: "PROVISIONED" }),
    outputs: (it) => ({ arn: arn("dynamodb", it, `table/${it.id}`) }),
    replaces: ["hashKey", "localSecondaryIndexes", "name", "rangeKey"],
  },
  "aws:dynamodb/tableItem:TableItem": {
    id: (it) => `${text(it, "tableName")}|${text(it, "hashKey")}|${hex(it, 16)}`,
    references: { tableName: TABLE },
    replaces: ["hashKey", "rangeKey", "tableName"],
  },
  [BUCKET]: {
    autoname: "bucket",
    unique: ["bucket"],
    id: (it) => text(it, "bucket"),
    defaults: () => ({ forceDestroy: false }),
    // Names of buckets are worldwide, so their ARNs name neither account nor region.
    outputs: (it) => ({
      arn: `arn:aws:s3:::${it.id}`,
      bucketDomainName: `${it.id}.s3.amazonaws.com`,
      bucketRegion: it.region,
      bucketRegionalDomainName: `${it.id}.s3.${it.region}.amazonaws.com`,
    }),
    replaces: ["bucket", "bucketPrefix", "objectLockEnabled"],
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ofBucket(),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ofBucket(),
  "aws:s3/bucketPolicy:BucketPolicy": ofBucket(),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ofBucket(),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ofBucket(),
  "aws:s3/bucketVersioning:BucketVersioning": ofBucket(),
};

/** What a bucket has one of. */
function ofBucket(): Behaviour {
  return {
    unique: ["bucket"],
    id: (it) => text(it, "bucket"),
    references: { bucket: BUCKET },
    replaces: ["bucket"],
  };
}

function resourceId(kind: string, it: Draft): string {
  return `${kind}-${alphanumeric(it, 26, kind).toUpperCase()}`;
}

function host(name: string, it: Draft): string {
  return `${name}-${alphanumeric(it, 12, "host")}.${it.region}.rds.amazonaws.com`;
}

function portOf(it: Draft): number {
  return text(it, "engine").includes("postgres") ? 5432 : 3306;
}

/** The secret in which Amazon RDS keeps what it makes up and changes by itself. */
function masterSecret(it: Draft): Readonly<Record<string, string>> {
  const name = `rds!cluster-${uuid(it, "secret")}-${alphanumeric(it, 6, "secret")}`;
  const kmsKeyId = text(it, "masterUserSecretKmsKeyId");
  return { secretArn: arn("secretsmanager", it, `secret:${name}`), secretStatus: "active", kmsKeyId };
}
