import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { absent, some } from "../../engine/three-values.ts";
import { isGoverned } from "../../facts/geography.ts";
import { namersOf } from "../../facts/reference.ts";
import { BACKUP, backupDaysOf } from "../../facts/residency/backups.ts";

export const vaultsAreLocked = rule({
  premise: 5,
  id: "vaults-are-locked",
  severity: "high",
  description: "A vault is locked: nobody deletes a backup before its time, and none outlives what was erased.",
  remediation:
    "Add a VaultLockConfiguration in the vault's region, with `minRetentionDays` and `maxRetentionDays` within the days of the residency.",
  frameworks: [CONTROL.soc2Recovery, CONTROL.isoBackup, CONTROL.gdprMinimisation],
  subjects: { types: [BACKUP.vault], where: (_, stack) => isGoverned(stack) },
  judge: (it, stack) => {
    const { least, most } = backupDaysOf(stack);
    const locks = namersOf(it, { types: [BACKUP.lock], input: "backupVaultName" }, ["name"], stack);
    return some(locks, (lock) => isOf(it, lock) && bounds(lock, stack))
      ? undefined
      : absent(`"${it.name}" must be locked: backups in it stay for ${least} days at least, and ${most} at most.`);
  },
});

/** Vaults of one name are in several regions. */
function isOf(vault: ResourceView, lock: ResourceView): boolean {
  return lock.region === vault.region;
}

function bounds(lock: ResourceView, stack: StackIndex): boolean {
  const { least, most } = backupDaysOf(stack);
  const [from, to] = [lock.number("minRetentionDays"), lock.number("maxRetentionDays")];
  return from !== undefined && to !== undefined && from >= least && to <= most;
}
