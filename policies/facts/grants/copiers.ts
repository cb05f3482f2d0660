import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { every } from "../../engine/three-values.ts";
import { parseArn } from "../arn.ts";
import type { Statement } from "../policy-document.ts";
import { byOutput, referenceOf, referred } from "../reference.ts";
import { TYPE } from "../resource-types.ts";
import { isOwnAccount } from "./account.ts";
import { grantsOf } from "./documents.ts";

/** Services that copy data to another region as a role that is given to them. */
const COPIERS = ["backup.amazonaws.com", "s3.amazonaws.com"];

/** What AWS Backup does with snapshots and recovery points; nothing of it deletes, changes or shares one. */
const ON_BACKUPS = [
  "backup:CopyFromBackupVault",
  "rds:AddTagsToResource",
  "rds:CopyDBClusterSnapshot",
  "rds:CreateDBClusterSnapshot",
  "rds:DescribeDBClusterSnapshots",
  "rds:DescribeDBClusters",
  "rds:ListTagsForResource",
];

/** What AWS Backup does with the copies of a test of a restore, which it deletes with a role of its own. */
const ON_COPIES = [
  "dynamodb:BatchWriteItem",
  "dynamodb:DescribeTable",
  "dynamodb:GetItem",
  "dynamodb:PutItem",
  "dynamodb:Query",
  "dynamodb:RestoreTableFromAwsBackup",
  "rds:RestoreDBClusterFromSnapshot",
];

/** What AWS Backup names by a random id, and the settings and subnets that a restored database is given. */
const BACKUPS: Readonly<Record<string, RegExp>> = {
  backup: /^recovery-point:/,
  dynamodb: /^table\/awsbackup-restore-test-/,
  rds: /^cluster-snapshot:awsbackup:|^cluster:awsbackup-restore-test-|^cluster-pg:default\.|^subgrp:/,
};

/** Whether a policy is of a role that nobody can become but a service which copies data to another region. */
export function isOfCopier(policy: ResourceView, stack: StackIndex): boolean {
  return isOfRoleOf(policy, COPIERS, stack);
}

/**
 * Whether a policy of a role that only AWS Backup can become grants what AWS Backup does with backups, on backups of the own account. Their
 * names do not say whose they are: no copy of one can be made or read without the key that it is under.
 */
export function isOnBackups(resource: string, { actions, notActions }: Statement, of: Holder): boolean {
  const arn = parseArn(resource);
  if (arn === undefined || BACKUPS[arn.service]?.test(arn.resource) !== true) return false;
  if (!isOwnAccount(arn.account, of.stack) || notActions !== undefined) return false;
  return (
    actions.every((it) => [...ON_BACKUPS, ...ON_COPIES].includes(it)) &&
    isOfRoleOf(of.policy, ["backup.amazonaws.com"], of.stack)
  );
}

/** The policy that a statement is in, and its stack. */
interface Holder {
  readonly policy: ResourceView;
  readonly stack: StackIndex;
}

function isOfRoleOf(policy: ResourceView, services: readonly string[], stack: StackIndex): boolean {
  if (policy.type !== TYPE.rolePolicy) return false;
  const role = referred(referenceOf(policy, "role"), byOutput(TYPE.role, "name"), stack);
  const trust = role === undefined ? [] : grantsOf(role, "trust");
  return (
    trust.length > 0 &&
    every(
      trust,
      ({ isInverted, principals }) =>
        !isInverted && principals.every(({ kind, id }) => kind === "Service" && services.includes(id)),
    )
  );
}
