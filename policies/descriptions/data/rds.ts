import type { Descriptions } from "../description.ts";
import { CAPACITY, MEMBERSHIP, NAME, ROLE, SCHEDULE, TEXT, VERSION } from "../reasons.ts";

const SNAPSHOT = "A snapshot is encrypted with the database's own key.";

/** What a database is told: to encrypt, what to log, and how much of its disk a query may take. */
const PARAMETERS = [
  "log_error_verbosity",
  "log_min_duration_statement",
  "log_min_error_statement",
  "log_min_messages",
  "log_statement",
  "rds.force_ssl",
  "temp_file_limit",
];

/** No statement and no value of a row is logged; a query takes 1 GiB of the disk at most. */
const PARAMETER_VALUES = ["1", "none", "-1", "fatal", "panic", "terse", "1048576"];

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
      "databaseName",
      "dbSubnetGroupName",
      "dbClusterParameterGroupName",
      "finalSnapshotIdentifier",
      "iamDatabaseAuthenticationEnabled",
      "kmsKeyId",
      "manageMasterUserPassword",
      "masterPassword",
      "masterPasswordWo",
      "masterUserSecretKmsKeyId",
      "port",
      "region",
      "serverlessv2ScalingConfiguration",
      "tags",
      "vpcSecurityGroupIds",
    ],
    inert: {
      copyTagsToSnapshot: SNAPSHOT,
      engineVersion: VERSION,
      masterUsername: "The administrator's password is Amazon RDS' own, and its secret is under the tenant's key.",
      preferredBackupWindow: SCHEDULE,
      preferredMaintenanceWindow: SCHEDULE,
    },
    accepts: {
      deleteAutomatedBackups: [false],
      deletionProtection: [true],
      enabledCloudwatchLogsExports: ["postgresql"],
      engine: ["aurora-postgresql"],
      engineMode: ["provisioned"],
      skipFinalSnapshot: [false],
      storageEncrypted: [true],
    },
    needs: [
      "backupRetentionPeriod",
      "databaseName",
      "dbSubnetGroupName",
      "deleteAutomatedBackups",
      "deletionProtection",
      "enabledCloudwatchLogsExports",
      "finalSnapshotIdentifier",
      "kmsKeyId",
      "masterUserSecretKmsKeyId",
      "port",
      "storageEncrypted",
    ],
  },
  "aws:rds/clusterInstance:ClusterInstance": {
    read: ["clusterIdentifier", "publiclyAccessible", "region", "tags"],
    inert: {
      autoMinorVersionUpgrade: VERSION,
      availabilityZone: "A zone of the stack's own region.",
      caCertIdentifier: "Which of Amazon's own authorities signs the certificate; clients trust all of them.",
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
    read: ["region", "tags"],
    inert: { description: TEXT, family: VERSION, name: NAME, "parameters.applyMethod": SCHEDULE },
    accepts: { "parameters.name": PARAMETERS, "parameters.value": PARAMETER_VALUES },
  },
  "aws:rds/subnetGroup:SubnetGroup": {
    read: ["region", "subnetIds", "tags"],
    inert: { description: TEXT, name: NAME },
    needs: ["subnetIds"],
  },
};
