import { createInterface } from "node:readline/promises";
import type { StackChanges } from "../../offline-planner/changes.ts";
import { Allowance } from "./allowance.ts";
import { removalsOf } from "./comparison.ts";
import { NotAgreedError } from "../exit-code.ts";
import { counted } from "../text/terminal.ts";

/** How the caller agrees beforehand. */
export interface Agreement {
  readonly yes: boolean;
  readonly allowDeletes?: number;
}

/** Agrees, or asks on a terminal, to what would be deleted and replaced; throws `NotAgreedError`, also for what is protected. */
export async function agreeToChanges(
  changes: readonly StackChanges[],
  { yes, allowDeletes }: Agreement,
  signal: AbortSignal,
): Promise<Allowance> {
  requireUnprotected(changes);
  if (yes) return Allowance.unlimited();
  const count = removalsOf(changes);
  if (allowDeletes !== undefined) {
    if (count <= allowDeletes) return new Allowance(allowDeletes);
    throw new NotAgreedError(
      `${counted(count, "resource")} would be deleted or replaced, more than --allow-deletes ${allowDeletes}; nothing was changed`,
    );
  }
  if (count === 0) return new Allowance(0);
  await ask({
    question: `Delete or replace ${counted(count, "resource")}? (y/N) `,
    accepts: ["y", "yes"],
    otherwise: `${counted(count, "resource")} would be deleted or replaced, and nobody can be asked here: agree with --yes or --allow-deletes ${count}; nothing was changed`,
    signal,
  });
  return new Allowance(count);
}

/** One question, whose answer must be one of `accepts`. */
export interface Question {
  readonly question: string;
  readonly accepts: readonly string[];
  /** What is said where there is no terminal to ask on. */
  readonly otherwise: string;
  readonly signal: AbortSignal;
}

/** Asks on the terminal; throws `NotAgreedError` for any other answer, and where there is no terminal. */
export async function ask({ question, accepts, otherwise, signal }: Question): Promise<void> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) throw new NotAgreedError(otherwise);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // A terminal that is read line by line keeps Ctrl-C to itself, and its end (Ctrl-D) is no answer.
  terminal.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  const closed = new AbortController();
  terminal.on("close", () => closed.abort());
  try {
    const answer = await terminal.question(question, { signal: AbortSignal.any([signal, closed.signal]) });
    if (accepts.includes(answer.trim().toLowerCase())) return;
  } catch (error) {
    if (signal.aborted || !closed.signal.aborted) throw error;
  } finally {
    terminal.close();
  }
  throw new NotAgreedError("not agreed; nothing was changed");
}

/** The engine would stop at a protected resource, with what comes before it deleted already. */
function requireUnprotected(changes: readonly StackChanges[]): void {
  const kept = changes.filter((it) => it.protected.length > 0);
  if (kept.length === 0) return;
  const count = kept.reduce((sum, it) => sum + it.protected.length, 0);
  throw new NotAgreedError(
    [
      `${counted(count, "protected resource")} would be deleted or replaced; nothing was changed.`,
      "If that is meant, take the protection off first, in a shell with the environment of `npx alicerce env`:",
      ...kept.flatMap(unprotecting),
    ].join("\n"),
  );
}

/** One command for a stack, with a resource on each line: a line can be taken out of it. */
function unprotecting({ address, protected: urns }: StackChanges): readonly string[] {
  const lines = [`pulumi state unprotect --stack ${address}`, ...urns.map((urn) => `  '${urn}'`)];
  return lines.map((it, index) => `  ${it}${index < lines.length - 1 ? " \\" : ""}`);
}
