import { type Region, standbyOf } from "../../../environments/residency.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { every, some } from "../../engine/three-values.ts";
import type { Value } from "../../engine/value.ts";
import { isGoverned } from "../../facts/geography.ts";
import { byOutput, referred } from "../../facts/reference.ts";
import { BACKUP } from "../../facts/residency/backups.ts";

export const backupsSurviveARegion = rule({
  premise: 5,
  id: "backups-survive-a-region",
  severity: "high",
  description: "Where a residency has two regions, a copy of each backup is in the other one: a region may be lost.",
  remediation:
    "Add a copy action to a Vault of the same stack whose `region` is the standby, under the replica of the key.",
  frameworks: [CONTROL.soc2Recovery, CONTROL.isoBackup, CONTROL.gdprSecurity],
  subjects: { types: [BACKUP.plan], where: (_, stack) => isGoverned(stack) },
  judge: (it, stack) => {
    const standby = standbyOf(stack.region as Region);
    if (standby === undefined) return undefined;
    return every(it.list("rules"), (one) => some(one.list("copyActions"), (copy) => isIn(standby, copy, it, stack)))
      ? undefined
      : `"${it.name}" must copy each backup to a vault of its stack in ${standby}.`;
  },
});

function isIn(standby: Region, copy: Value, plan: ResourceView, stack: StackIndex): boolean {
  const named = { of: plan, input: "rules", read: () => copy.text("destinationVaultArn") };
  return referred(named, byOutput(BACKUP.vault, "arn"), stack)?.region === standby;
}
