import { CONTROL } from "../../engine/frameworks.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { every } from "../../engine/three-values.ts";
import type { Value } from "../../engine/value.ts";
import { isGoverned } from "../../facts/geography.ts";
import { BACKUP, backupDaysOf } from "../../facts/residency/backups.ts";

/** A schedule of every day: of any day of the month and of the week, in each month of each year. */
const DAILY = /^cron\(\S+ \S+ (?:\* \* \?|\? \* \*) \*\)$/;

export const backupsAreKept = rule({
  premise: 5,
  id: "backups-are-kept",
  severity: "high",
  description: "Data is backed up every day; each backup is kept as long as the residency promises, and no longer.",
  remediation: "Give each rule, and each copy, a `deleteAfter` within the days of the residency, and a daily schedule.",
  frameworks: [CONTROL.soc2Recovery, CONTROL.isoBackup, CONTROL.gdprMinimisation],
  subjects: { types: [BACKUP.plan], where: (_, stack) => isGoverned(stack) },
  judge: [
    (it, stack) => {
      const { least, most } = backupDaysOf(stack);
      const kept = it.list("rules").flatMap((one) => [one, ...one.list("copyActions")]);
      return every(kept, (one) => isKept(one, stack))
        ? undefined
        : `"${it.name}" must keep each backup and each copy for ${least} to ${most} days.`;
    },
    (it) =>
      every(it.list("rules"), (one) => DAILY.test(one.text("schedule") ?? ""))
        ? undefined
        : `"${it.name}" must back up every day.`,
  ],
});

function isKept(one: Value, stack: StackIndex): boolean {
  const { least, most } = backupDaysOf(stack);
  const days = one.number("lifecycle.deleteAfter");
  return days !== undefined && days >= least && days <= most;
}
