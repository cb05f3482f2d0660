import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { UnreadablePlanError } from "../../../plan/loaders/unreadable.ts";
import { writtenPlan } from "../../../plan/loaders/written-plan.ts";
import type { Plan } from "../../../plan/model.ts";
import { projectOf } from "../../../plan/urn.ts";
import { UsageError, wordsFor } from "../exit-code.ts";

/** A plan, and the file that holds it. */
export interface JudgedFile {
  readonly file: string;
  readonly plan: Plan;
}

interface Candidate {
  readonly file: string;
  readonly bytes: number;
}

/** Little more fits into one text of V8 (2^29 - 24 characters). */
const MOST_BYTES = 500_000_000;

/** Folders that are not searched. */
const PASSED_OVER = /^(?:\.|node_modules$)/;

/**
 * Reads the named files, and in named folders those that end in `.json`; JSON of another kind is passed over there. `onFile` is told
 * before each file. Throws `UsageError` with all that is wrong, a line for each file.
 */
export async function readPlans(
  named: readonly string[],
  onFile: (done: number, all: number, bytes: number) => void = () => undefined,
): Promise<readonly JudgedFile[]> {
  const faults: string[] = [];
  const found = new Map<string, readonly Candidate[]>();
  for (const it of new Set(named)) found.set(it, await candidatesIn(it, faults));
  const isNamed = new Set(named.map((it) => path.resolve(it)));
  const all = new Map([...found.values()].flat().map((it) => [path.resolve(it.file), it]));
  const plans = new Map<string, JudgedFile>();
  for (const [i, [id, it]] of [...all].entries()) {
    onFile(i, all.size, it.bytes);
    const plan = await planIn(it, isNamed.has(id), faults);
    if (plan !== undefined)
      plans.set(id, { file: it.file, plan: plan.stack === "" ? { ...plan, stack: it.file } : plan });
  }
  const without = [...found].filter(([, files]) => !files.some((it) => plans.has(path.resolve(it.file))));
  if (faults.length === 0) faults.push(...without.map(([it]) => `${it} holds no state, preview or plan`));
  if (faults.length === 0) faults.push(...duplicatesIn([...plans.values()]));
  if (faults.length > 0) throw new UsageError(`nothing is judged:\n${faults.map((it) => `  ${it}`).join("\n")}`);
  return [...plans.values()];
}

async function candidatesIn(place: string, faults: string[]): Promise<readonly Candidate[]> {
  try {
    const found = await stat(place);
    if (!found.isDirectory()) return [{ file: place, bytes: found.size }];
    const entries = await readdir(place, { withFileTypes: true });
    const below = entries
      .filter((it) => (it.isDirectory() ? !PASSED_OVER.test(it.name) : it.name.endsWith(".json")))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const all: Candidate[] = [];
    for (const it of below) all.push(...(await candidatesIn(path.join(place, it.name), faults)));
    return all;
  } catch (error) {
    faults.push(`${place} cannot be read: ${wordsFor(error)}`);
    return [];
  }
}

/** The plan in the file; `undefined` with a fault where it cannot be read, and without one where a folder holds other JSON. */
async function planIn({ file, bytes }: Candidate, isNamed: boolean, faults: string[]): Promise<Plan | undefined> {
  if (bytes > MOST_BYTES) {
    faults.push(`${file} is too large: ${Math.round(bytes / 1e6)} MB, and at most ${MOST_BYTES / 1e6} MB are read`);
    return undefined;
  }
  try {
    return writtenPlan(textOf(await readFile(file)));
  } catch (error) {
    if (error instanceof UnreadablePlanError && error.isOther && !isNamed) return undefined;
    const isOurs = error instanceof UnreadablePlanError;
    faults.push(`${file} ${isOurs ? error.message : `cannot be read: ${wordsFor(error)}`}`);
    return undefined;
  }
}

/** The text of a file, whose first bytes may say that it is UTF-16, as PowerShell writes what a program prints. */
function textOf(bytes: Buffer): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder().decode(bytes);
}

function duplicatesIn(files: readonly JudgedFile[]): readonly string[] {
  const withResources = files.filter((it) => it.plan.resources.length > 0);
  const byStack = Map.groupBy(withResources, ({ plan }) => `${projectOf(plan.resources[0]?.urn ?? "")}/${plan.stack}`);
  return [...byStack]
    .filter(([, same]) => same.length > 1)
    .map(([stack, same]) => `${same.map((it) => it.file).join(" and ")} are of the same stack, ${stack}`);
}
