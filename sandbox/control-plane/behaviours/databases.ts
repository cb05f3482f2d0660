import { type Behaviours, type Draft, alphanumeric, arn, text, uuid } from "./behaviour.ts";

const CLUSTER = "aws:rds/cluster:Cluster";
const PARAMETERS = "aws:rds/clusterParameterGroup:ClusterParameterGroup";
const SUBNETS = "aws:rds/subnetGroup:SubnetGroup";

/** Amazon RDS, and the vaults of AWS Backup. */
export const DATABASES: Behaviours = {
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
  "aws:backup/vault:Vault": {
    autoname: "name",
    unique: ["name"],
    id: (it) => text(it, "name"),
    outputs: (it) => ({ arn: arn("backup", it, `backup-vault:${it.id}`) }),
    replaces: ["name"],
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
};

function resourceId(kind: string, it: Draft): string {
  return `${kind}-${alphanumeric(it, 26, kind).toUpperCase()}`;
}

function host(name: string, it: Draft): string {
  return `${name}-${alphanumeric(it, 12, "host")}.${it.region}.rds.amazonaws.com`;
}

function portOf(it: Draft): number {
  return text(it, "engine").includes("postgres") ? 5432 : 3306;
}

/** The secret in which Amazon RDS keeps the administrator's password, which it generates and rotates. */
function masterSecret(it: Draft): Readonly<Record<string, string>> {
  const name = `rds!cluster-${uuid(it, "secret")}-${alphanumeric(it, 6, "secret")}`;
  const kmsKeyId = text(it, "masterUserSecretKmsKeyId");
  return { secretArn: arn("secretsmanager", it, `secret:${name}`), secretStatus: "active", kmsKeyId };
}
