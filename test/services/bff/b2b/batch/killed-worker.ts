/** A worker of its own that stops at one place, says so, and waits there to be killed: `host place`. */
import { PostgresJobStore } from "../../../../../services/bff/b2b/batch/jobs/postgres-job-store.ts";
import { runWorker } from "../../../../../services/bff/b2b/batch/jobs/worker.ts";
import { partnerConnections } from "../../../../../services/bff/b2b/partners/store/partner-database.ts";
import { checker, countingProcessor } from "./fixture.ts";

const [host = "", place = ""] = process.argv.slice(2);
const pool = partnerConnections({ host, port: 5432, database: "postgres" }, "acme-corp", () => undefined);
const counting = countingProcessor(pool);
let batches = 0;

await runWorker(
  {
    tenantId: "acme-corp",
    store: new PostgresJobStore(pool),
    checker,
    rowsAtOnce: 10,
    leaseMs: 600,
    process: async (batch, signal) => {
      const isPlace = ++batches === 3;
      const processed = place === "before its work" && isPlace ? [] : await counting.process(batch, signal);
      if (!isPlace) return processed;
      process.stdout.write(`${place}\n`);
      return new Promise(() => undefined);
    },
  },
  new AbortController().signal,
);
