import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { isBreach } from "./equivalents/equivalents.ts";
import { faultsOf, type Judged } from "./judging.ts";
import { mutantsOf } from "./mutants.ts";
import { page, PAGE, survivorsOn } from "./page.ts";
import { killedOf, scoreOf } from "./score.ts";
import { type Planned, plansOfSubjects, subjectsOf } from "./subjects.ts";
import type { Share } from "./worker.ts";

const { values: only } = parseArgs({ options: { survivors: { type: "boolean" }, matching: { type: "string" } } });

/**
 * Judges every mutant, side by side on all cores, and writes `docs/mutation.md`. With `--survivors`, only those that the page lists, and
 * with `--matching`, only those whose name the regular expression finds; then the page stays as it is, and what survives is printed.
 */
async function run(): Promise<void> {
  const began = Date.now();
  const planned = await plansOfSubjects();
  const faults = [planned.production, planned.development].flatMap(faultsOf);
  if (faults.length > 0) throw new Error(`the plans must hold before they are changed: ${faults.join(", ")}`);
  const mutants = mutantsOf(subjectsOf(planned));
  const results = await judgedAll(planned, selected(mutants.filter(isBreach).map(({ id }) => id)));
  if (isPart) process.stdout.write(results.map((it) => (it.killers.length === 0 ? `${it.id}\n` : "")).join(""));
  else writeFileSync(PAGE, page(mutants, results));
  const seconds = Math.round((Date.now() - began) / 1000);
  const text = `${results.length} mutants, ${killedOf(results).length} found: ${scoreOf(results).toFixed(1)} %, in ${seconds} s\n`;
  process.stdout.write(text);
}

const isPart = only.survivors === true || only.matching !== undefined;

function selected(ids: readonly string[]): readonly string[] {
  const alive = only.survivors === true ? survivorsOn(readFileSync(PAGE, "utf8")) : undefined;
  const pattern = new RegExp(only.matching ?? "");
  return ids.filter((it) => (alive?.has(it) ?? true) && pattern.test(it));
}

/** The results of all workers, in the order of the ids. */
async function judgedAll(planned: Planned, ids: readonly string[]): Promise<readonly Judged[]> {
  const workers = availableParallelism();
  const shares = Array.from({ length: workers }, (_, first) => ids.filter((_, i) => i % workers === first));
  const results = (await Promise.all(shares.map((it) => judgedBy({ planned, ids: it })))).flat();
  const byId = new Map(results.map((it) => [it.id, it]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function judgedBy(share: Share): Promise<readonly Judged[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("worker.ts", import.meta.url), { workerData: share });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

await run();
