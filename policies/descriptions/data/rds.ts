import type { Descriptions } from "../description.ts";
import { CAPACITY, MEMBERSHIP, NAME, ROLE, SCHEDULE, TEXT, VERSION } from "../reasons.ts";

const SNAPSHOT = "A snapshot is encrypted with the database's own key.";

/** Amazon RDS. */
export const RDS: Descriptions = {
  "aws:rds/proxy:Proxy": {
    read: ["auths.secretArn", "region", "tags", "vpcSecurityGroupIds"],
    inert: { idleClientTimeout: CAPACITY, name: NAME, roleArn: ROLE, vpcSubnetIds: MEMBERSHIP },
    accepts: {
      "auths.authScheme": ["SECRETS"],
      "auths.iamAuth": ["REQUIRED"],
      debugLogging: [false],
      engineFamily: ["POSTGRESQL"],
      requireTls: [true],
    },
  },
  "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup": {
    read: ["region"],
    inert: { connectionPoolConfig: CAPACITY, dbProxyName: NAME },
  },
  "aws:rds/proxyTarget:ProxyTarget": {
    read: ["dbClusterIdentifier", "region"],
    inert: { dbProxyName: NAME, targetGroupName: NAME },
  },
  "aws:rds/cluster:Cluster": {
    read: [
      "backupRetentionPeriod",
      "clusterIdentifier",
      "dbClusterParameterGroupName",
      "deletionProtection",
      "enabledCloudwatchLogsExports",
      "finalSnapshotIdentifier",
      "iamDatabaseAuthenticationEnabled",
      "kmsKeyId",
      "manageMasterUserPassword",
      "masterPassword",
      "masterPasswordWo",
      "masterUserSecretKmsKeyId",
      "port",
      "region",
      "skipFinalSnapshot",
      "storageEncrypted",
      "tags",
      "vpcSecurityGroupIds",
    ],
    inert: {
      copyTagsToSnapshot: SNAPSHOT,
      databaseName: NAME,
      dbSubnetGroupName: MEMBERSHIP,
      engineVersion: VERSION,
      masterUsername: "The administrator's password is Amazon RDS' own, and its secret is under the tenant's key.",
      preferredBackupWindow: SCHEDULE,
      preferredMaintenanceWindow: SCHEDULE,
      serverlessv2ScalingConfiguration: CAPACITY,
    },
    accepts: { deleteAutomatedBackups: [false], engine: ["aurora-postgresql"], engineMode: ["provisioned"] },
    needs: ["deleteAutomatedBackups"],
  },
  "aws:rds/clusterInstance:ClusterInstance": {
    read: ["publiclyAccessible", "region", "tags"],
    inert: {
      autoMinorVersionUpgrade: VERSION,
      availabilityZone: "A zone of the stack's own region.",
      caCertIdentifier: "Which of Amazon's own authorities signs the certificate; clients trust all of them.",
      clusterIdentifier: "The cluster that it is a part of holds the data, and is judged.",
      copyTagsToSnapshot: SNAPSHOT,
      engineVersion: VERSION,
      identifier: NAME,
      instanceClass: CAPACITY,
      preferredBackupWindow: SCHEDULE,
      preferredMaintenanceWindow: SCHEDULE,
      promotionTier: "Which instance takes over first.",
    },
    accepts: { engine: ["aurora-postgresql"] },
  },
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": {
    read: ["parameters.name", "parameters.value", "region", "tags"],
    inert: { description: TEXT, family: VERSION, name: NAME, "parameters.applyMethod": SCHEDULE },
  },
  "aws:rds/subnetGroup:SubnetGroup": {
    read: ["region", "tags"],
    inert: { description: TEXT, name: NAME, subnetIds: "In whichever subnet: instances have no public address." },
  },
};
