import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DataKey } from "../encryption/data-key.ts";
import { backupServices, grantToServices } from "../encryption/key-grants.ts";
import type { Statement } from "../identity/policy-document.ts";
import { grant, serviceRole, trustService } from "../identity/service-role.ts";
import type { Place } from "../place.ts";
import type { BackedUp } from "./backup-grants.ts";

/** On the first of each month, after that night's backup. */
const MONTHLY = "cron(0 6 1 * ? *)";

/** What AWS Backup begins the names of restored copies with (AWS Backup, "Restore testing inferred metadata"). */
const COPIES = "awsbackup-restore-test-*";

/** Whose backups are restored, from which vault. */
export interface RestoreTestsArgs {
  readonly place: Place;
  readonly owner: string;
  readonly key: DataKey;
  readonly stores: BackedUp;
  readonly vaultArn: pulumi.Input<string>;
}

/**
 * Restores the newest backup of each store once a month, beside the original and under its key, and lets AWS Backup delete the copy an hour
 * after it is there. Whoever is on duty hears of a restore that fails.
 */
export function restoreTests(name: string, args: RestoreTestsArgs, opts: pulumi.CustomResourceOptions): void {
  const { place, owner, vaultArn } = args;
  const child = `${name}-restore`;
  const plan = new aws.backup.RestoreTestingPlan(
    child,
    {
      name: `alicerce_${owner.replaceAll("-", "_")}`,
      scheduleExpression: MONTHLY,
      recoveryPointSelection: {
        algorithm: "LATEST_WITHIN_WINDOW",
        includeVaults: [vaultArn],
        recoveryPointTypes: ["SNAPSHOT"],
        selectionWindowDays: 7,
      },
    },
    opts,
  );
  const trust = trustService("backup.amazonaws.com");
  const role = serviceRole(child, { place, description: `Restores backups of ${owner}`, trust }, opts);
  const granted = grant(child, role, restoreGrants(args), opts);
  const common = { restoreTestingPlanName: plan.name, iamRoleArn: role.arn, validationWindowHours: 1 };
  for (const [kind, what] of Object.entries(restored(args)))
    new aws.backup.RestoreTestingSelection(
      `${child}-${kind}`,
      { ...common, ...what, name: kind },
      { ...opts, dependsOn: [granted] },
    );
}

type Restored = Pick<
  aws.backup.RestoreTestingSelectionArgs,
  "protectedResourceType" | "protectedResourceArns" | "restoreMetadataOverrides"
>;

/** What is restored, and into what, by the name of its selection. A selection is of one type, and has one network. */
function restored({ key, stores: { databases, tables } }: RestoreTestsArgs): Readonly<Record<string, Restored>> {
  const ofTables: Restored = {
    protectedResourceType: "DynamoDB",
    protectedResourceArns: [...tables],
    restoreMetadataOverrides: { encryptionType: "KMS", kmsMasterKeyArn: key.arn },
  };
  const ofDatabases = databases.map(({ arn, subnetGroupName, groupId }, index): [string, Restored] => [
    index === 0 ? "database" : `database_${index}`,
    {
      protectedResourceType: "Aurora",
      protectedResourceArns: [arn],
      restoreMetadataOverrides: {
        dbSubnetGroupName: subnetGroupName,
        vpcSecurityGroupIds: pulumi.jsonStringify([groupId]),
      },
    },
  ]);
  return { ...(tables.length > 0 && { tables: ofTables }), ...Object.fromEntries(ofDatabases) };
}

/** What a restore does as a role (`AWSBackupServiceRolePolicyForRestores`), for these kinds of stores and on copies alone. */
function restoreGrants({ place: { account, region }, key, stores }: RestoreTestsArgs): readonly Statement[] {
  const rds = (resource: string): string => `arn:aws:rds:${region}:${account}:${resource}`;
  const via = backupServices([region]);
  const ofTables: Statement = {
    Effect: "Allow",
    Action: ["BatchWriteItem", "DescribeTable", "GetItem", "PutItem", "Query", "RestoreTableFromAwsBackup"].map(
      (it) => `dynamodb:${it}`,
    ),
    Resource: `arn:aws:dynamodb:${region}:${account}:table/${COPIES}`,
  };
  const ofDatabases: Statement = {
    Effect: "Allow",
    Action: [
      "AddTagsToResource",
      "DescribeDBClusters",
      "DescribeDBClusterSnapshots",
      "RestoreDBClusterFromSnapshot",
    ].map((it) => `rds:${it}`),
    Resource: [
      rds(`cluster:${COPIES}`),
      rds("cluster-snapshot:awsbackup:*"),
      rds("cluster-pg:default.*"),
      ...stores.databases.map(
        (it) => pulumi.interpolate`arn:aws:rds:${region}:${account}:subgrp:${it.subnetGroupName}`,
      ),
    ],
  };
  return [
    ...(stores.tables.length === 0 ? [] : [ofTables]),
    ...(stores.databases.length === 0 ? [] : [ofDatabases]),
    { Effect: "Allow", Action: ["kms:DescribeKey"], Resource: key.arn },
    {
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: key.arn,
      Condition: { StringEquals: { "kms:ViaService": via } },
    },
    grantToServices(key.arn, via),
  ];
}
