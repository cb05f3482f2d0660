import { randomUUID } from "node:crypto";
import type pg from "pg";
import { batchRoutes } from "../../../../../services/bff/b2b/batch/batch-routes.ts";
import { RowChecker } from "../../../../../services/bff/b2b/batch/checking/row-checker.ts";
import type { Job } from "../../../../../services/bff/b2b/batch/jobs/job.ts";
import type { Batch, Processor } from "../../../../../services/bff/b2b/batch/jobs/processor.ts";
import { runWorker, type WorkerOptions } from "../../../../../services/bff/b2b/batch/jobs/worker.ts";
import { prepareBatchDatabase } from "../../../../../services/bff/b2b/batch/jobs/tables.ts";
import { PARTNER_PATH } from "../../../../../services/bff/b2b/paths.ts";
import { partnerServer } from "../../../../../services/bff/b2b/server.ts";
import { prepareWebhookDatabase } from "../../../../../services/bff/b2b/webhooks/tables.ts";
import { ApiProblem } from "../../../../../services/bff/library/api-problem.ts";
import { tenantOf } from "../../../libraries/events/fixture.ts";
import { partnerFixture, type TenantFixture } from "../partner-fixture.ts";
import { keyedTables } from "../../../../support/tables/keyed-tables.ts";
import { testStorage } from "../../../mcp/files/files-fixture.ts";
import { log } from "../webhooks/fixture.ts";
import { type BatchStores, dynamoStores, postgresStores } from "./stores.ts";

export const SCHEMAS = {
  orders: {
    type: "object",
    required: ["sku", "quantity"],
    properties: { sku: { type: "string" }, quantity: { type: "integer", minimum: 1 } },
  },
};

export const checker = new RowChecker(SCHEMAS);

/** The stores whose tests are the same. */
export const KINDS = ["PostgreSQL", "DynamoDB"] as const;

/** The batch channels of two tenants, whose callers say in a header which partner they are. */
export async function batchFixture(kind: (typeof KINDS)[number] = "PostgreSQL") {
  const [fixture, tables, storage] = await Promise.all([partnerFixture(), keyedTables(), testStorage()]);
  await fixture.server.asAdmin("postgres", async (client) => {
    await prepareWebhookDatabase(client);
    await prepareBatchDatabase(client);
    await prepareBatchDatabase(client);
    await client.query(
      "CREATE TABLE effect (key text, number int, PRIMARY KEY (key, number)); GRANT ALL ON effect TO partner_bff",
    );
  });
  const channels = async (tenant: TenantFixture, tenantId: string) => {
    const { signer } = tenantOf(tenantId);
    const name = `jobs-${tenantId}-${randomUUID()}`;
    if (kind === "DynamoDB") await tables.make(name, { hasParts: true });
    const stores =
      kind === "DynamoDB"
        ? dynamoStores(tenant, signer, { tables, storage, name })
        : postgresStores(tenant, signer, fixture.server);
    return { ...tenant, ...stores, ...channelOf(stores, tenantId) };
  };
  return {
    ...fixture,
    acme: await channels(fixture.acme, "acme-corp"),
    xyz: await channels(fixture.xyz, "xyz-gmbh"),
    close: () => Promise.all([fixture.close(), tables.close(), storage.stop()]),
  };
}

function channelOf({ store }: BatchStores, tenantId: string) {
  const server = partnerServer({
    tenantId,
    audit: () => undefined,
    authenticate: ({ headers }) => {
      const id = headers.get("x-partner");
      if (id === null) return Promise.reject(new ApiProblem("unauthenticated", "who are you?"));
      const credential = { kind: "api-key", id: "k" } as const;
      return Promise.resolve({ tenantId, id, customerId: "c", tier: "basic", scopes: ["batches:write"], credential });
    },
    batches: batchRoutes({ store, checker }),
    log,
  });
  const call = async (method: string, path: string, partner = "metal-works") =>
    server.request(`${PARTNER_PATH.batches}${path}`, { method, headers: { "x-partner": partner } });
  const upload = async (
    body: string | ReadableStream<Uint8Array>,
    { type = "text/csv", query = "?schema=orders", headers = {} } = {},
  ) =>
    server.request(`${PARTNER_PATH.batches}${query}`, {
      method: "POST",
      headers: { "x-partner": "metal-works", "content-type": type, ...headers },
      body,
      ...(typeof body !== "string" && { duplex: "half" }),
    });
  const jobOf = async (answer: Response): Promise<Job> => (await answer.json()) as Job;
  /** Works on jobs until `done` says so. */
  const work = async (process: Processor, until: () => Promise<boolean>, more: Partial<WorkerOptions> = {}) => {
    const stop = new AbortController();
    const running = runWorker({ tenantId, store, checker, process, ...more }, stop.signal);
    try {
      while (!(await until())) await new Promise((resolve) => setImmediate(resolve));
    } finally {
      stop.abort();
      await running;
    }
  };
  const isOver = (id: string) => async () => (await store.find("metal-works", id))?.endedAt !== null;
  return { server, call, upload, jobOf, work, isOver };
}

/** A processor with an effect in a database, safe to repeat, that remembers what it was given. */
export function countingProcessor(pool: pg.Pool) {
  const seen: Batch[] = [];
  const process: Processor = async (batch) => {
    seen.push(batch);
    const numbers = batch.rows.map((it) => it.number);
    await pool.query("INSERT INTO effect SELECT $1, unnest($2::int[]) ON CONFLICT DO NOTHING", [
      batch.idempotencyKey,
      numbers,
    ]);
    return batch.rows.map(({ number, value }) => ({ number, result: value }));
  };
  return { seen, process };
}
