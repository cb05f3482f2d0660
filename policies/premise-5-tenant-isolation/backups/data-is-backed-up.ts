import { CONTROL } from "../../engine/frameworks.ts";
import { candidates } from "../../engine/lookup.ts";
import { outputOf } from "../../engine/output.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { absent, some, UnknownValue } from "../../engine/three-values.ts";
import { isGoverned } from "../../facts/geography.ts";
import { byOutput, referenceOf, refersTo } from "../../facts/reference.ts";
import { BACKUP } from "../../facts/residency/backups.ts";
import { TYPE } from "../../facts/resource-types.ts";

export const dataIsBackedUp = rule({
  premise: 5,
  id: "data-is-backed-up",
  severity: "high",
  description: "A plan of AWS Backup takes each database and each table, by its ARN: a selection by tags can lose one.",
  remediation: "Add the ARN of the store to the `resources` of a Selection whose plan is of the same stack.",
  frameworks: [CONTROL.soc2Recovery, CONTROL.isoBackup, CONTROL.gdprSecurity],
  subjects: { types: [TYPE.database, TYPE.table], where: (_, stack) => isGoverned(stack) },
  judge: (it, stack) =>
    some(
      selectionsNaming(stack, () => outputOf(it, "arn")),
      (selection) => takes(selection, it, stack),
    )
      ? undefined
      : absent(`"${it.name}" must be in a backup plan of its stack, by its ARN.`),
});

const selectionsNaming = candidates([BACKUP.selection], (it) => it.texts("resources"));

function takes(selection: ResourceView, store: ResourceView, stack: StackIndex): boolean {
  return (
    some(selection.list("resources"), (one) => names(one.text.bind(one), { selection, store, stack })) &&
    refersTo(referenceOf(selection, "planId"), byOutput(BACKUP.plan, "id"), stack)
  );
}

interface Naming {
  readonly selection: ResourceView;
  readonly store: ResourceView;
  readonly stack: StackIndex;
}

/** What is not known yet may be the store's ARN only where it came from the store. */
function names(read: () => string | undefined, { selection, store, stack }: Naming): boolean {
  try {
    return read() === store.resource.outputs?.["arn"];
  } catch (error) {
    if (!(error instanceof UnknownValue)) throw error;
    if (!stack.linked(selection, "resources").includes(store)) return false;
    throw error;
  }
}
