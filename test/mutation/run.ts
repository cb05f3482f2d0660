import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { isBreach } from "./equivalents.ts";
import { faultsOf, type Judged } from "./judging.ts";
import { mutantsOf } from "./mutants.ts";
import { page, PAGE } from "./page.ts";
import { killedOf, scoreOf } from "./score.ts";
import { type Planned, plansOfSubjects, subjectsOf } from "./subjects.ts";
import type { Share } from "./worker.ts";

/** Judges every mutant, side by side on all cores, and writes `docs/mutation.md`. */
async function run(): Promise<void> {
  const began = Date.now();
  const planned = await plansOfSubjects();
  const faults = [planned.production, planned.development].flatMap(faultsOf);
  if (faults.length > 0) throw new Error(`the plans must hold before they are changed: ${faults.join(", ")}`);
  const mutants = mutantsOf(subjectsOf(planned));
  const results = await judgedAll(
    planned,
    mutants.filter(isBreach).map(({ id }) => id),
  );
  writeFileSync(PAGE, page(mutants, results));
  const seconds = Math.round((Date.now() - began) / 1000);
  const text = `${results.length} mutants, ${killedOf(results).length} found: ${scoreOf(results).toFixed(1)} %, in ${seconds} s\n`;
  process.stdout.write(text);
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
