import ansis from "ansis";
import type { Folders } from "../engine/folders.ts";
import { StateError } from "../engine/state/state.ts";
import type { StateCopy } from "../engine/state/state-copy.ts";
import { ageOf } from "./text/age.ts";
import { conditionOf, type StackCondition } from "./rollout/condition.ts";
import { type Selection, undeclared } from "./selection.ts";
import { tableText } from "./text/table.ts";
import { counted } from "./text/terminal.ts";

/** How one stack stands, or why that cannot be told. */
export interface StackStatus extends StackCondition {
  /** Set where the state cannot be read: nothing is known of the stack then. */
  readonly unreadable?: { readonly file: string; readonly reason: string; readonly copy: StateCopy | null };
}

/**
 * Reads how some stacks stand, each state once; with `others`, those of their environment that are deployed although the data has them no
 * longer as well, which `left` names.
 */
export async function statusesOf(
  folders: Folders,
  { environment, addresses }: Selection,
  others: boolean,
): Promise<{ readonly stacks: readonly StackStatus[]; readonly left: readonly string[] }> {
  const possible = others ? await undeclared(environment, folders) : [];
  const [declared, found] = await Promise.all(
    [addresses, possible].map((some) => Promise.all(some.map((it) => statusOf(folders, it)))),
  );
  const left = (found ?? []).filter((it) => it.resources > 0 || it.unreadable !== undefined);
  return { stacks: [...(declared ?? []), ...left], left: left.map((it) => it.address) };
}

/** Reads how one stack stands; a state that cannot be read is an answer, too. */
async function statusOf(folders: Folders, address: string): Promise<StackStatus> {
  try {
    return await conditionOf(folders, address);
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    const { file, reason, copy = null } = error;
    const nothing = { deployed: false, resources: 0, updatedAt: null, pending: 0, condition: "unreadable" };
    return { address, ...nothing, unreadable: { file, reason, copy } };
  }
}

/** The stacks as a table, and below it what to do about each state that cannot be read. */
export function statusText(stacks: readonly StackStatus[], width?: number): string {
  const columns = [
    { head: "Stack" },
    { head: "Deployed" },
    { head: "Resources", align: "right", drop: 1 },
    { head: "Last update" },
  ] as const;
  const rows = stacks.map((it) => {
    if (it.unreadable !== undefined) return [it.address, ansis.red(it.condition), "?", "?"];
    return [it.address, it.condition, it.resources, it.updatedAt === null ? "never" : ageOf(it.updatedAt)];
  });
  return [tableText(columns, rows, width), ...stacks.flatMap(adviceOn)].join("\n");
}

function adviceOn({ address, unreadable }: StackStatus): readonly string[] {
  if (unreadable === undefined) return [];
  const { file, reason, copy } = unreadable;
  return [
    `${ansis.red(address)}: ${file} cannot be read (${reason}).`,
    copy === null ? "  No copy of it can be read either." : `  ${describeCopy(copy)}`,
    `  Next: npx alicerce state ${copy === null ? "forget" : "repair"} ${address}`,
  ];
}

/** Which copy of a state can be read, of when it is, and how much it knows. */
export function describeCopy({ file, resources, updatedAt }: StateCopy): string {
  const age = updatedAt === undefined ? "before the first deployment" : ageOf(updatedAt);
  return `The newest copy that can be read: ${file} (${counted(resources, "resource")}, ${age}).`;
}
