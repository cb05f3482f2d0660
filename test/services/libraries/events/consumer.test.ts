import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { consumeDelivery, type ConsumerOptions, runConsumer } from "../../../../services/libraries/events/consumer.ts";
import { consumeOnce } from "../../../../services/libraries/events/postgres/consume-once.ts";
import { postgresOutbox, writeEvent } from "../../../../services/libraries/events/postgres/outbox.ts";
import { PostgresBus } from "../../../../services/libraries/events/postgres/postgres-bus.ts";
import { PostgresQueue } from "../../../../services/libraries/events/postgres/postgres-queue.ts";
import { inTransaction, type Transaction } from "../../../../services/libraries/events/postgres/transaction.ts";
import { runRelay } from "../../../../services/libraries/events/relay.ts";
import type { TenantEvent } from "../../../../services/libraries/events/tenant-event.ts";
import { countOf, effects, eventDatabase, oneDelivery, ORDERS, tenantOf } from "./fixture.ts";

let database: Awaited<ReturnType<typeof eventDatabase>>;
beforeAll(async () => (database = await eventDatabase()));
afterAll(() => database.remove());
beforeEach(() =>
  database.pool.query("TRUNCATE effect, events.consumed, events.latest, events.delivery, events.archive"),
);

const acme = tenantOf("acme-corp");
const source = "urn:alicerce:test";
const type = "alicerce.order.made";
const bus = () =>
  new PostgresBus(database.pool, "acme-corp", {
    source: "shop",
    routes: { ...ORDERS.routes, others: [{ from: "shop", type: "other.made" }, { from: "elsewhere" }] },
  });
const queue = (settings = {}) =>
  new PostgresQueue(database.pool, "acme-corp", { name: "orders", waitMs: 0, ...settings });
const keep = async ({ data }: TenantEvent, client: Transaction): Promise<void> => {
  await client.query("INSERT INTO effect (what) VALUES ($1)", [data]);
};
interface Consumer extends Partial<ConsumerOptions> {
  readonly name?: string;
  readonly order?: "any" | "latest";
  readonly work?: typeof keep;
}
const consumer = ({ name = "keeper", order = "any", work = keep, ...more }: Consumer = {}): ConsumerOptions => ({
  consume: (event) => consumeOnce(database.pool, { name, order }, event, work),
  queue: queue(),
  verify: acme.verify,
  ...more,
});

describe("a consumer of events", () => {
  it("does the work of an event once, however often it is delivered, also at the same time", async () => {
    const event = await acme.signer.sign({ source, type, data: "one" });
    await bus().put([event, event, event]);
    const deliveries = await queue().receive(new AbortController().signal);
    expect(deliveries).toHaveLength(3);
    const outcomes: string[] = [];
    await Promise.all(
      deliveries.map((it) => consumeDelivery(consumer({ onOutcome: (o: string) => outcomes.push(o) }), it)),
    );
    expect(outcomes.toSorted()).toEqual(["done", "duplicate", "duplicate"]);
    expect(await effects(database.pool)).toEqual(["one"]);
    expect(await countOf(database.pool, "events.delivery")).toBe(0);
  });

  it("does what was replayed only if it had not seen it", async () => {
    const from = Date.now() - 1_000;
    await bus().put([await acme.signer.sign({ source, type, data: "one" })]);
    await consumeDelivery(consumer(), await oneDelivery(queue()));
    await bus().replay("orders", { from, to: Date.now() + 1_000 });
    await consumeDelivery(consumer(), await oneDelivery(queue()));
    expect(await effects(database.pool)).toEqual(["one"]);
    await bus().replay("orders", { from, to: Date.now() + 1_000 });
    await consumeDelivery(consumer({ name: "newcomer" }), await oneDelivery(queue()));
    expect(await effects(database.pool)).toEqual(["one", "one"]);
    await bus().replay("others", { from, to: Date.now() + 1_000 });
    expect(await countOf(database.pool, "events.delivery")).toBe(0);
  });

  it("keeps the newest state of a subject when events come in another order", async () => {
    const sign = (sequence: bigint, subject = "order/1") =>
      acme.signer.sign({ source, type, subject, data: `${subject} ${sequence}` }, sequence);
    const latest = consumer({ order: "latest" });
    for (const it of [await sign(2n), await sign(10n), await sign(9n), await sign(1n, "order/2")]) {
      await bus().put([it]);
      await consumeDelivery(latest, await oneDelivery(queue()));
    }
    expect(await effects(database.pool)).toEqual(["order/1 2", "order/1 10", "order/2 1"]);
  });

  it("tries again what failed, undoes what it had begun, and gives up after some attempts; redriven, it is done", async () => {
    const impatient = () => queue({ maxReceives: 2, visibilityMs: 0 });
    await bus().put([await acme.signer.sign({ source, type, data: "one" })]);
    const failing = consumer({
      work: async (event: TenantEvent, client: Transaction) => {
        await keep(event, client);
        throw new Error("the backend is down");
      },
    });
    for (const attempt of [1, 2]) {
      const delivery = await oneDelivery(impatient());
      expect(delivery.attempt).toBe(attempt);
      await consumeDelivery({ ...failing, queue: impatient() }, delivery);
      await database.pool.query("UPDATE events.delivery SET visible_at = now()");
    }
    expect(await impatient().receive(new AbortController().signal)).toEqual([]);
    expect(await impatient().deadLetters()).toMatchObject([{ reason: "ERR_TOO_MANY_ATTEMPTS", attempts: 2 }]);
    expect(await effects(database.pool)).toEqual([]);

    await impatient().redrive();
    await consumeDelivery(consumer(), await oneDelivery(impatient()));
    expect(await effects(database.pool)).toEqual(["one"]);
    expect(await impatient().deadLetters()).toEqual([]);
  });

  it("waits longer before each further attempt", async () => {
    const delays: number[] = [];
    const delivery = { text: JSON.stringify(await acme.signer.sign({ source, type, data: 1 })) };
    for (const attempt of [1, 4, 30])
      await consumeDelivery(consumer({ work: () => Promise.reject(new Error("down")) }), {
        ...delivery,
        attempt,
        acknowledge: () => Promise.reject(new Error("acknowledged")),
        reject: () => Promise.reject(new Error("rejected")),
        retry: (ms) => Promise.resolve(void delays.push(ms)),
      });
    expect(delays[0]).toBeGreaterThanOrEqual(500);
    expect(delays[0]).toBeLessThanOrEqual(1_000);
    expect(delays[1]).toBeGreaterThanOrEqual(4_000);
    expect(delays[2]).toBeLessThanOrEqual(900_000);
  });

  it("puts a forged event, one of another tenant and one that reuses an id among the dead letters, and works on", async () => {
    const good = await acme.signer.sign({ source, type, data: "one", id: "1" });
    const conflicting = await acme.signer.sign({ source, type, data: "two", id: "1" });
    const foreign = await tenantOf("xyz-gmbh").signer.sign({ source, type, data: "foreign" });
    for (const it of [foreign, { ...good, data: "forged" }, good, conflicting]) {
      await bus().put([it]);
      await consumeDelivery(consumer(), await oneDelivery(queue()));
    }
    const reasons = (await queue().deadLetters()).map(({ reason }) => reason);
    expect(reasons).toEqual(["ERR_EVENT_TENANT", "ERR_EVENT_SIGNATURE", "ERR_EVENT_CONFLICT"]);
    expect(await effects(database.pool)).toEqual(["one"]);
  });

  it("cannot acknowledge what somebody else has received since", async () => {
    await bus().put([await acme.signer.sign({ source, type, data: "one" })]);
    const late = await oneDelivery(queue({ visibilityMs: 0 }));
    const second = await oneDelivery(queue());
    await late.acknowledge();
    await late.reject("late");
    expect(await countOf(database.pool, "events.delivery")).toBe(1);
    expect(await queue().deadLetters()).toEqual([]);
    await second.acknowledge();
    expect(await countOf(database.pool, "events.delivery")).toBe(0);
  });

  it("sees nothing of another tenant's queue, outbox or archive", async () => {
    const from = Date.now() - 1_000;
    await bus().put([await acme.signer.sign({ source, type, data: "one" })]);
    const theirs = new PostgresQueue(database.pool, "xyz-gmbh", { name: "orders", waitMs: 0 });
    const theirBus = new PostgresBus(database.pool, "xyz-gmbh", ORDERS);
    await theirBus.replay("orders", { from, to: Date.now() + 1_000 });
    expect(await theirs.receive(new AbortController().signal)).toEqual([]);
    await oneDelivery(queue());
  });

  it("runs with a relay until both are told to stop, and gets all that was written, once", async () => {
    const stop = new AbortController();
    const { pool } = database;
    const running = [
      runRelay({ outbox: postgresOutbox(pool, "acme-corp"), bus: bus() }, stop.signal),
      ...[1, 2].map(() => runConsumer(consumer({ queue: queue({ waitMs: 5_000 }) }), stop.signal)),
    ];
    const names = Array.from({ length: 40 }, (_, i) => `event ${i}`);
    await Promise.all(
      names.map((data) => inTransaction(pool, (client) => writeEvent(client, acme.signer, { source, type, data }))),
    );
    await vi.waitFor(async () => expect(await countOf(pool, "effect")).toBe(40), { timeout: 30_000 });
    stop.abort();
    await Promise.all(running);
    expect((await effects(pool)).toSorted()).toEqual(names.toSorted());
    expect(await countOf(pool, "events.outbox")).toBe(0);
  });
});
