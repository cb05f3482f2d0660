import { BACKUP_DAYS } from "../../../environments/residency.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { residencyIn } from "../geography.ts";

/** The types of AWS Backup. */
export const BACKUP = {
  lock: "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
  restorePlan: "aws:backup/restoreTestingPlan:RestoreTestingPlan",
  restoreSelection: "aws:backup/restoreTestingSelection:RestoreTestingSelection",
  plan: "aws:backup/plan:Plan",
  selection: "aws:backup/selection:Selection",
  vault: "aws:backup/vault:Vault",
} as const;

/** For how many days backups of a stack's data must be kept at least, and may be kept at most; throws `TypeError` for a stack without a residency. */
export function backupDaysOf(stack: StackIndex): { readonly least: number; readonly most: number } {
  return BACKUP_DAYS[residencyIn(stack)];
}
