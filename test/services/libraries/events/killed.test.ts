import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { runConsumer } from "../../../../services/libraries/events/consumer.ts";
import { consumeOnce } from "../../../../services/libraries/events/postgres/consume-once.ts";
import { relayEvents, writeEvent } from "../../../../services/libraries/events/postgres/outbox.ts";
import { PostgresBus } from "../../../../services/libraries/events/postgres/postgres-bus.ts";
import { PostgresQueue } from "../../../../services/libraries/events/postgres/postgres-queue.ts";
import { inTransaction } from "../../../../services/libraries/events/postgres/transaction.ts";
import { countOf, effects, eventDatabase, ORDERS, tenantOf } from "./fixture.ts";

let database: Awaited<ReturnType<typeof eventDatabase>>;
beforeAll(async () => (database = await eventDatabase()));
afterAll(() => database.remove());

const acme = tenantOf("acme-corp");

/** Runs the process until it has reached the place, and kills it there. */
async function killAt(place: string): Promise<void> {
  const key = Buffer.from(acme.privateKey.export({ type: "pkcs8", format: "pem" })).toString("base64");
  const file = path.join(import.meta.dirname, "killed-process.ts");
  const child = spawn(process.execPath, [file, database.server.host, key, place], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = once(child, "exit");
  const [reached] = (await Promise.race([once(child.stdout, "data"), exit])) as [unknown];
  child.kill("SIGKILL");
  await exit;
  expect(String(reached).trim()).toBe(place);
}

it.each(["after put", "in work", "before acknowledge"])(
  "a process that is killed %s loses nothing and doubles nothing",
  async (place) => {
    const { pool } = database;
    await pool.query("TRUNCATE effect, events.consumed, events.delivery, events.archive, events.outbox");
    const bus = new PostgresBus(pool, "acme-corp", ORDERS);
    await inTransaction(pool, (client) =>
      writeEvent(client, acme.signer, { source: "urn:alicerce:test", type: "alicerce.order.made", data: place }),
    );
    if (place !== "after put") await relayEvents(pool, "acme-corp", bus);
    await killAt(place);

    const deliveries = await countOf(pool, "events.delivery");
    expect([await effects(pool), deliveries]).toEqual([place === "before acknowledge" ? [place] : [], 1]);

    const stop = new AbortController();
    const outcomes: string[] = [];
    const running = runConsumer(
      {
        queue: new PostgresQueue(pool, "acme-corp", { name: "orders" }),
        verify: acme.verify,
        consume: (event) =>
          consumeOnce(pool, { name: "keeper", order: "any" }, event, async ({ data }, client) => {
            await client.query("INSERT INTO effect (what) VALUES ($1)", [data]);
          }),
        onOutcome: (it) => outcomes.push(it),
      },
      stop.signal,
    );
    const expected = { "after put": ["done", "duplicate"], "in work": ["done"], "before acknowledge": ["duplicate"] };
    await vi.waitFor(
      async () => {
        // The server ends the transaction of a killed process when it notices that the connection is gone.
        await relayEvents(pool, "acme-corp", bus);
        expect(outcomes).toEqual(expected[place as keyof typeof expected]);
      },
      { timeout: 60_000 },
    );
    stop.abort();
    await running;
    expect(await effects(pool)).toEqual([place]);
    expect([await countOf(pool, "events.delivery"), await countOf(pool, "events.outbox")]).toEqual([0, 0]);
  },
);
