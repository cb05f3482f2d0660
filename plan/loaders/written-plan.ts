import { isRecord } from "../../contracts/json.ts";
import type { Plan } from "../model.ts";
import { stackOf } from "../urn.ts";
import { parsePlan } from "./plan-json.ts";
import { planOfPreview } from "./preview-plan.ts";
import { planOfExport } from "./state-plan.ts";
import { UnreadablePlanError } from "./unreadable.ts";

/** The versions of exported states that are read; 4 adds features to 3, none of which changes what a resource's inputs mean. */
const STATE_VERSIONS: readonly unknown[] = [3, 4];

/** One of these is in every kind of JSON that holds a plan. */
const MARKS = ["deployment", "checkpoint", "steps", "resources"];

const KINDS = "a state (`pulumi stack export`), a preview (`pulumi preview --json`), a plan (`alicerce plan --model`)";

/**
 * Reads an exported state, a preview, or a plan of our own; the stack's name comes from the URNs, and is empty where there are none.
 * Throws `UnreadablePlanError` for anything else.
 */
export function writtenPlan(text: string): Plan {
  const value = parse(text);
  if (!isRecord(value) || !MARKS.some((it) => it in value))
    throw new UnreadablePlanError(`is none of these: ${KINDS}`, { isOther: true });
  return requireOneStack(planOf(value, text));
}

function planOf(value: Readonly<Record<string, unknown>>, text: string): Plan {
  if ("checkpoint" in value)
    throw new UnreadablePlanError("is a file of Pulumi's backend: export the stack by `pulumi stack export`");
  if ("deployment" in value) return planOfStateOf(value);
  if ("steps" in value) return planOfPreview(value);
  try {
    return parsePlan(text);
  } catch (error) {
    throw new UnreadablePlanError(`is no plan${reasonOf(error)}`);
  }
}

function planOfStateOf(value: Readonly<Record<string, unknown>>): Plan {
  const { version, deployment } = value;
  if (!STATE_VERSIONS.includes(version))
    throw new UnreadablePlanError(`is a state of version ${String(version)}; those of 3 and 4 are read`);
  const pending = isRecord(deployment) ? deployment["pending_operations"] : undefined;
  if (Array.isArray(pending) && pending.length > 0)
    throw new UnreadablePlanError(
      "is of an update that was interrupted, and may lack what that made: run `pulumi refresh`, and export again",
    );
  try {
    return planOfExport(value);
  } catch (error) {
    throw new UnreadablePlanError(`is no state${reasonOf(error)}`);
  }
}

function parse(text: string): unknown {
  if (text.trim() === "") throw new UnreadablePlanError("is empty");
  try {
    return JSON.parse(text);
  } catch (error) {
    const isTorn = error instanceof SyntaxError && endsWithin(error.message, text);
    throw new UnreadablePlanError(isTorn ? "is not whole: it ends in the middle of its JSON" : "is no JSON");
  }
}

/** Whether the parser met the end of the text, by its message; that is not passed on, because it may quote secrets of the text. */
function endsWithin(message: string, text: string): boolean {
  if (/Unexpected end|Unterminated/.test(message)) return true;
  const [, position] = /at position (\d+)/.exec(message) ?? [];
  return Number(position) >= text.trimEnd().length;
}

/** What our own loaders say; a parser's words may quote secrets. */
function reasonOf(error: unknown): string {
  return error instanceof TypeError ? `: ${error.message}` : "";
}

function requireOneStack(plan: Plan): Plan {
  const urns = plan.resources.map((it) => it.urn);
  const wrong = urns.find((it) => !/^urn:pulumi:[^:]+::[^:]+::[^:]/.test(it));
  if (wrong !== undefined) throw new UnreadablePlanError(`is no plan: ${JSON.stringify(wrong)} is no URN`);
  const stacks = [...new Set(urns.map(stackOf))];
  if (stacks.length > 1)
    throw new UnreadablePlanError(`holds resources of several stacks: ${stacks.map((it) => `"${it}"`).join(", ")}`);
  const seen = new Set<string>();
  for (const it of urns) {
    if (seen.has(it)) throw new UnreadablePlanError(`holds one resource twice: ${it}`);
    seen.add(it);
  }
  return plan;
}
