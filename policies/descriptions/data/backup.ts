import type { Descriptions } from "../description.ts";
import { NAME, SCHEDULE } from "../reasons.ts";

const OPT_IN = "resourceTypeOptInPreference";
const MANAGEMENT = "resourceTypeManagementPreference";

/** Types that the platform keeps nothing in. */
const OTHERS = [
  ...["CloudFormation", "DSQL", "DocumentDB", "EBS", "EC2", "EFS", "FSx", "Neptune", "RDS", "Redshift"],
  ...["Redshift Serverless", "S3", "SAP HANA on Amazon EC2", "Storage Gateway", "Timestream", "VirtualMachine"],
];

/** AWS Backup. A selection by tags or conditions is not described: it may take in another tenant's stores. */
export const BACKUP: Descriptions = {
  "aws:backup/plan:Plan": {
    read: [
      "region",
      "rules.copyActions.destinationVaultArn",
      "rules.copyActions.lifecycle.deleteAfter",
      "rules.lifecycle.deleteAfter",
      "rules.schedule",
      "rules.targetVaultName",
      "tags",
    ],
    inert: {
      name: NAME,
      "rules.completionWindow": SCHEDULE,
      "rules.ruleName": NAME,
      "rules.startWindow": SCHEDULE,
    },
  },
  "aws:backup/regionSettings:RegionSettings": {
    read: ["region"],
    inert: {
      ...Object.fromEntries(OTHERS.map((it) => [`${OPT_IN}.${it}`, "No plan of the platform takes any."])),
      ...Object.fromEntries(["CloudFormation", "DSQL", "EFS"].map((it) => [`${MANAGEMENT}.${it}`, "There are none."])),
    },
    accepts: { [`${OPT_IN}.Aurora`]: [true], [`${OPT_IN}.DynamoDB`]: [true], [`${MANAGEMENT}.DynamoDB`]: [true] },
    needs: [`${OPT_IN}.Aurora`, `${OPT_IN}.DynamoDB`, `${MANAGEMENT}.DynamoDB`],
  },
  "aws:backup/restoreTestingPlan:RestoreTestingPlan": {
    read: ["name", "recoveryPointSelection.includeVaults", "region", "tags"],
    inert: {
      "recoveryPointSelection.algorithm": "Which backup is restored, of those in the vault.",
      "recoveryPointSelection.selectionWindowDays": "Which backup is restored, of those in the vault.",
      scheduleExpression: SCHEDULE,
      startWindowHours: SCHEDULE,
    },
    accepts: { "recoveryPointSelection.recoveryPointTypes": ["SNAPSHOT"] },
  },
  "aws:backup/restoreTestingSelection:RestoreTestingSelection": {
    read: [
      "iamRoleArn",
      "protectedResourceArns",
      "region",
      "restoreMetadataOverrides.kmsMasterKeyArn",
      "restoreTestingPlanName",
      "validationWindowHours",
    ],
    inert: {
      name: NAME,
      "restoreMetadataOverrides.dbSubnetGroupName":
        "In which subnets the copy is; who reaches it is for its groups to say.",
      "restoreMetadataOverrides.vpcSecurityGroupIds": "The copy has no instance, and so no address.",
    },
    accepts: { protectedResourceType: ["Aurora", "DynamoDB"], "restoreMetadataOverrides.encryptionType": ["KMS"] },
  },
  "aws:backup/selection:Selection": {
    read: ["iamRoleArn", "planId", "region", "resources"],
    inert: { name: NAME },
  },
  "aws:backup/vault:Vault": {
    read: ["kmsKeyArn", "name", "region", "tags"],
    accepts: { forceDestroy: [false] },
  },
  "aws:backup/vaultLockConfiguration:VaultLockConfiguration": {
    read: ["backupVaultName", "maxRetentionDays", "minRetentionDays", "region"],
    inert: {
      changeableForDays: "After how many days nobody can take the lock away any more: it is the stricter form.",
    },
  },
};
