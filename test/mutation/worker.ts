import { parentPort, workerData } from "node:worker_threads";
import { judged } from "./judging.ts";
import { mutantsOf } from "./mutants.ts";
import { type Planned, subjectsOf } from "./subjects.ts";

/** What a worker is given: the plans, and the ids of the mutants that it judges. */
export interface Share {
  readonly planned: Planned;
  readonly ids: readonly string[];
}

const { ids, planned } = workerData as Share;
const own = new Set(ids);
const results = mutantsOf(subjectsOf(planned))
  .filter(({ id }) => own.has(id))
  .map(judged);
parentPort?.postMessage(results);
