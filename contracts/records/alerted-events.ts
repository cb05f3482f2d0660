const ENDED_BADLY = ["ABORTED", "EXPIRED", "FAILED", "PARTIAL"];

/** Events of AWS of which somebody must hear: what they are, and the pattern by which Amazon EventBridge finds them. */
export const ALERTED_EVENTS = {
  /**
   * Jobs of backups and copies say `state`, and those of restores `status` (AWS Backup developer guide, "Monitoring AWS Backup events using
   * Amazon EventBridge").
   */
  "backup-jobs": {
    description: "backups, copies and restores that fail",
    pattern: {
      source: ["aws.backup"],
      "detail-type": ["Backup Job State Change", "Copy Job State Change", "Restore Job State Change"],
      detail: { $or: [{ state: ENDED_BADLY }, { status: ENDED_BADLY }] },
    },
  },
  /** Of both analyzers (Amazon EventBridge events reference, "IAM Access Analyzer events"); one that was settled is no longer active. */
  "access-findings": {
    description: "access from outside the account, and permissions that nobody uses",
    pattern: {
      source: ["aws.access-analyzer"],
      "detail-type": ["Access Analyzer Finding", "Unused Access Finding for IAM entities"],
      detail: { status: ["ACTIVE"] },
    },
  },
} as const;
