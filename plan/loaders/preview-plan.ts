import { isRecord } from "../../contracts/json.ts";
import { type Plan, type PlannedResource, UNKNOWN } from "../model.ts";
import { stackOf } from "../urn.ts";
import { resourceOfState } from "./state-plan.ts";
import { UnreadablePlanError } from "./unreadable.ts";
import { decodeText } from "./wire-values.ts";

type Fields = Readonly<Record<string, unknown>>;

/** How a preview masks a secret. Source: `pkg/backend/display/json.go` of pulumi/pulumi. */
const MASKED = "[secret]";

/** The operations after which nothing is left of a resource in its old state. */
const DELETIONS = new Set(["delete", "delete-replaced", "discard-replaced", "read-discard", "remove-pending-replace"]);

/**
 * Reads what `pulumi preview --json --show-sames` writes: each resource as it will be. Throws `UnreadablePlanError` for a preview that
 * failed, and for one that leaves out resources.
 */
export function planOfPreview(preview: unknown): Plan {
  if (!isRecord(preview) || !Array.isArray(preview["steps"]))
    throw new UnreadablePlanError('is no preview: its "steps" are no list');
  const steps = preview["steps"].filter(isRecord);
  requireSound(preview, steps);
  const resources = new Map<string, PlannedResource>();
  for (const it of steps) {
    if (DELETIONS.has(String(it["op"]))) continue;
    if (!isRecord(it["newState"]))
      throw new UnreadablePlanError(`does not say what ${String(it["urn"])} will be: its step has no "newState"`);
    const resource = resourceOfState(it["newState"], unmask);
    resources.set(resource.urn, resource);
  }
  const all = [...resources.values()];
  return { stack: stackOf(all[0]?.urn ?? ""), complete: true, resources: all };
}

function requireSound(preview: Fields, steps: readonly Fields[]): void {
  const { diagnostics, changeSummary, maybeCorrupt } = preview;
  if (Array.isArray(diagnostics) && diagnostics.some((it) => isRecord(it) && it["severity"] === "error"))
    throw new UnreadablePlanError("is of a preview that failed, so it may not hold every resource");
  if (maybeCorrupt === true) throw new UnreadablePlanError("is of a preview whose state may be corrupt");
  const same = isRecord(changeSummary) ? Number(changeSummary["same"] ?? 0) : 0;
  const shown = steps.filter((it) => it["op"] === "same").length;
  if (shown < same)
    throw new UnreadablePlanError(
      `leaves out ${same - shown} resources that do not change: preview by \`pulumi preview --json --show-sames\``,
    );
}

function unmask(text: string): unknown {
  return text === MASKED ? UNKNOWN : decodeText(text);
}
