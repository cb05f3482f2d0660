const ENDED_BADLY = ["ABORTED", "EXPIRED", "FAILED", "PARTIAL"];

/**
 * The pattern of the events of AWS Backup that somebody must hear of. Jobs of backups and copies say `state`, and those of restores
 * `status` (AWS Backup developer guide, "Monitoring AWS Backup events using Amazon EventBridge").
 */
export const BACKUP_FAILURES = {
  source: ["aws.backup"],
  "detail-type": ["Backup Job State Change", "Copy Job State Change", "Restore Job State Change"],
  detail: { $or: [{ state: ENDED_BADLY }, { status: ENDED_BADLY }] },
} as const;
