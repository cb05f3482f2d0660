import type { Rule } from "./engine/rule.ts";
import { backupsAreKept } from "./premise-5-tenant-isolation/backups/backups-are-kept.ts";
import { backupsSurviveARegion } from "./premise-5-tenant-isolation/backups/backups-survive-a-region.ts";
import { copiesAreUnderOwnKeys } from "./premise-5-tenant-isolation/backups/copies-are-under-own-keys.ts";
import { dataIsBackedUp } from "./premise-5-tenant-isolation/backups/data-is-backed-up.ts";
import { vaultsAreLocked } from "./premise-5-tenant-isolation/backups/vaults-are-locked.ts";

/** The rules of premise 5 on backups and copies. */
export const BACKUP_RULES: readonly Rule[] = [
  backupsAreKept,
  backupsSurviveARegion,
  copiesAreUnderOwnKeys,
  dataIsBackedUp,
  vaultsAreLocked,
];
