import { CONTROL } from "../../engine/frameworks.ts";
import { candidates } from "../../engine/lookup.ts";
import { outputOf } from "../../engine/output.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { absent, some, UnknownValue } from "../../engine/three-values.ts";
import { isGoverned } from "../../facts/geography.ts";
import { byOutput, referenceOf, referred, refersTo } from "../../facts/reference.ts";
import { BACKUP } from "../../facts/residency/backups.ts";
import { TYPE } from "../../facts/resource-types.ts";

/** The longest that a restored copy is there, in hours. */
const LONGEST = 24;

export const backupsAreRestored = rule({
  premise: 5,
  id: "backups-are-restored",
  severity: "high",
  description:
    "Each database and each table is restored from its backup in a test, into a copy under the stack's key that is deleted within a day: a backup that nobody restored may be none.",
  remediation:
    "Add the store's ARN to a RestoreTestingSelection of a RestoreTestingPlan that takes the stack's vault, with `validationWindowHours`, and for a table with the key's ARN as `kmsMasterKeyArn`.",
  frameworks: [CONTROL.soc2Recovery, CONTROL.isoBackup, CONTROL.gdprMinimisation],
  subjects: { types: [TYPE.database, TYPE.table], where: (_, stack) => isGoverned(stack) },
  judge: (it, stack) =>
    some(
      selectionsNaming(stack, () => outputOf(it, "arn")),
      (one) => names(one, it, stack) && isSafe(one, it, stack),
    )
      ? undefined
      : absent(
          `"${it.name}" must be restored in a test, into a copy under the stack's key for ${LONGEST} hours at most.`,
        ),
});

const selectionsNaming = candidates([BACKUP.restoreSelection], (it) => it.texts("protectedResourceArns"));

/** What is not known yet may be the store's ARN only where it came from the store. */
function names(selection: ResourceView, store: ResourceView, stack: StackIndex): boolean {
  try {
    return selection.texts("protectedResourceArns").some((it) => it === store.resource.outputs?.["arn"]);
  } catch (error) {
    if (!(error instanceof UnknownValue)) throw error;
    if (!stack.linked(selection, "protectedResourceArns").includes(store)) return false;
    throw error;
  }
}

function isSafe(selection: ResourceView, store: ResourceView, stack: StackIndex): boolean {
  const hours = selection.number("validationWindowHours") ?? Infinity;
  if (hours < 1) return false; // the copy would be gone before anybody looked
  const plan = referred(referenceOf(selection, "restoreTestingPlanName"), byOutput(BACKUP.restorePlan, "name"), stack);
  if (hours > LONGEST || plan === undefined || !takesOwnVault(plan, stack)) return false;
  // A restored cluster keeps the key of its snapshot; a restored table has that of AWS, unless another is named.
  return store.type === TYPE.database || refersTo(keyOf(selection), byOutput(TYPE.key, "arn"), stack);
}

function takesOwnVault(plan: ResourceView, stack: StackIndex): boolean {
  if (plan.list("recoveryPointSelection.recoveryPointTypes").length === 0) return false;
  return some(plan.list("recoveryPointSelection.includeVaults"), (one) =>
    refersTo(
      { of: plan, input: "recoveryPointSelection", read: () => one.text() },
      byOutput(BACKUP.vault, "arn"),
      stack,
    ),
  );
}

function keyOf(selection: ResourceView): Parameters<typeof refersTo>[0] {
  const read = (): string | undefined => selection.text("restoreMetadataOverrides.kmsMasterKeyArn");
  return { of: selection, input: "restoreMetadataOverrides", read };
}
