import ansis from "ansis";
import type { Folders } from "../engine/folders.ts";
import { readState, StateError } from "../engine/state.ts";
import type { StateCopy } from "../engine/state-copy.ts";
import { ageOf } from "./age.ts";
import { tableText } from "./table.ts";
import { counted } from "./text/terminal.ts";

/** What the state says of one stack, or why it says nothing. */
export interface StackStatus {
  readonly address: string;
  readonly deployed: boolean;
  readonly resources: number;
  readonly updatedAt: string | null;
  readonly pending: number;
  /** Set where the state cannot be read: nothing is known of the stack then. */
  readonly unreadable?: { readonly file: string; readonly reason: string; readonly copy: StateCopy | null };
}

/** Reads the state of one stack; a state that cannot be read is an answer, too. */
export async function statusOf(folders: Folders, address: string): Promise<StackStatus> {
  try {
    const { resources = 0, updatedAt = null, pending = 0 } = (await readState(folders, address)) ?? {};
    return { address, deployed: resources > 0, resources, updatedAt, pending };
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    const { file, reason, copy = null } = error;
    return { address, deployed: false, resources: 0, updatedAt: null, pending: 0, unreadable: { file, reason, copy } };
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
    if (it.unreadable !== undefined) return [it.address, ansis.red("unreadable"), "?", "?"];
    const kept = it.pending > 0 ? "interrupted" : it.deployed ? "yes" : "no";
    return [it.address, kept, it.resources, it.updatedAt === null ? "never" : ageOf(it.updatedAt)];
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
