import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BACKUP_FAILURES } from "../../contracts/records/backup-events.ts";

/** Tells when a backup, a copy of one, or a restore does not succeed, of whomever in the region. */
export function backupAlerts(
  name: string,
  topicArn: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): readonly pulumi.Resource[] {
  const failed = new aws.cloudwatch.EventRule(
    name,
    { description: "Backups, copies and restores that fail", eventPattern: JSON.stringify(BACKUP_FAILURES) },
    opts,
  );
  return [failed, new aws.cloudwatch.EventTarget(name, { rule: failed.name, arn: topicArn }, opts)];
}
