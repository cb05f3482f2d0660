import { isCounted } from "../../engine/counting.ts";
import { typeOf } from "../../../plan/urn.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Folders } from "../../engine/folders.ts";
import { runOperation } from "../../engine/stack.ts";
import type { Plan } from "../../../plan/model.ts";
import type { StackChanges } from "../../offline-planner/changes.ts";
import { withStatus } from "../text/terminal.ts";

/** Compares plans with what is deployed, without an engine. */
export async function compare(plans: readonly Plan[], folders: Folders): Promise<readonly StackChanges[]> {
  const [{ changesOf }, { ensureCatalogue }] = await Promise.all([
    import("../../offline-planner/changes.ts"),
    import("../../../sandbox/control-plane/catalogue/catalogue.ts"),
  ]);
  const catalogue = await ensureCatalogue();
  return Promise.all(plans.map((it) => changesOf(it, folders, catalogue)));
}

/** How many resources the deployment of each stack goes through: what it makes, keeps and removes. */
export function totalsOf(changes: readonly StackChanges[]): ReadonlyMap<string, number> {
  return new Map(
    changes.map((it) => [
      it.address,
      it.create.length + it.update.length + it.replace.length + it.delete.length + it.same,
    ]),
  );
}

/** How many resources would be deleted and replaced, all stacks together. */
export function removalsOf(changes: readonly StackChanges[]): number {
  return changes.reduce((sum, it) => sum + it.delete.length + it.replace.length, 0);
}

/**
 * The same, where something would be deleted or replaced: the engine's own preview then says what is replaced, for one replacement may
 * bring others about. A preview that fails leaves the comparison as it is.
 */
export async function refine(
  engine: Engine,
  changes: readonly StackChanges[],
  signal: AbortSignal,
): Promise<readonly StackChanges[]> {
  return withStatus(async (onProgress) => {
    const startedAt = Date.now();
    const refined: StackChanges[] = [];
    for (const it of changes) {
      onProgress({ step: "previewing", detail: it.address, elapsedMs: Date.now() - startedAt });
      refined.push(isHarmless(it) ? it : await previewed(engine, it, signal));
    }
    return refined;
  });
}

function isHarmless({ update, ...it }: StackChanges): boolean {
  return removalsOf([{ ...it, update }]) === 0 && !update.some((urn) => typeOf(urn).startsWith("pulumi:providers:"));
}

async function previewed(engine: Engine, it: StackChanges, signal: AbortSignal): Promise<StackChanges> {
  const replaced = new Set<string>();
  const { outcome } = await runOperation(engine, it.address, "preview", {
    signal,
    env: { ALICERCE_PREVIEW: "known" },
    onEvent: (event) => {
      if (event.kind !== "resource" || !isCounted({ urn: event.urn, type: typeOf(event.urn) })) return;
      if (event.op.includes("replace")) replaced.add(event.urn);
    },
  });
  if (outcome !== "succeeded") return it;
  const others = new Set([...it.update, ...it.replace].filter((urn) => !replaced.has(urn)));
  return { ...it, replace: [...replaced], update: [...others] };
}
