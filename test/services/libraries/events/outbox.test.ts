import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { EventBus } from "../../../../services/libraries/events/bus.ts";
import { relayEvents, writeEvent } from "../../../../services/libraries/events/postgres/outbox.ts";
import { PostgresBus } from "../../../../services/libraries/events/postgres/postgres-bus.ts";
import { forgetOldEvents } from "../../../../services/libraries/events/postgres/tables.ts";
import { inTransaction } from "../../../../services/libraries/events/postgres/transaction.ts";
import { countOf, eventDatabase, ORDERS, tenantOf } from "./fixture.ts";

let database: Awaited<ReturnType<typeof eventDatabase>>;
beforeAll(async () => (database = await eventDatabase()));
afterAll(() => database.remove());
beforeEach(() => database.pool.query("TRUNCATE events.outbox, events.subject, events.delivery, events.archive"));

const acme = tenantOf("acme-corp");
const draft = { source: "urn:alicerce:test", type: "alicerce.order.made", subject: "order/1", data: 1 };
const write = (more = {}) =>
  inTransaction(database.pool, (client) => writeEvent(client, acme.signer, { ...draft, ...more }));
const bus = () => new PostgresBus(database.pool, "acme-corp", ORDERS);

describe("an outbox", () => {
  it("holds no event of a transaction that was undone, and no number is left out for it", async () => {
    await write();
    const undone = inTransaction(database.pool, async (client) => {
      await writeEvent(client, acme.signer, draft);
      throw new Error("the business said no");
    });
    await expect(undone).rejects.toThrow("the business said no");
    const { sequence } = await write();
    expect(sequence).toBe("0000000000000002");
    expect(await countOf(database.pool, "events.outbox")).toBe(2);
  });

  it("numbers the events of one subject without gaps when many write at once, and those without a subject not at all", async () => {
    const written = await Promise.all(Array.from({ length: 12 }, () => write()));
    const expected = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(16, "0"));
    expect(written.map((it) => it.sequence).toSorted()).toEqual(expected);
    expect((await write({ subject: undefined })).sequence).toBeUndefined();
  });

  it("keeps what the bus did not take, and all of it while there is no bus", async () => {
    const [first, second] = [await write({ id: "1" }), await write({ id: "2" })];
    const refusing: EventBus = {
      put: (events) => Promise.resolve(events.filter(({ id }) => id === "1").map((event) => ({ event, reason: "no" }))),
    };
    const absent: EventBus = { ...refusing, put: () => Promise.reject(new Error("no route to the bus")) };
    expect(await relayEvents(database.pool, "acme-corp", absent)).toBe(2);
    const { rows } = await database.pool.query(
      "SELECT last_fault, attempts, due_at > now() AS later FROM events.outbox",
    );
    expect(rows).toEqual(Array(2).fill({ last_fault: "no route to the bus", attempts: 1, later: true }));

    await database.pool.query("UPDATE events.outbox SET due_at = now()");
    await relayEvents(database.pool, "acme-corp", refusing);
    expect((await database.pool.query("SELECT id FROM events.outbox")).rows).toEqual([{ id: first.id }]);
    await database.pool.query("UPDATE events.outbox SET due_at = now()");
    await relayEvents(database.pool, "acme-corp", bus());
    expect((await database.pool.query("SELECT event FROM events.delivery")).rows).toEqual([
      { event: JSON.stringify(first) },
    ]);
    expect(second.id).toBe("2");
  });

  it("is relayed by several at once, each event by one", async () => {
    await Promise.all(Array.from({ length: 30 }, () => write()));
    for (let taken = 1; taken > 0;)
      taken = Math.max(...(await Promise.all([1, 2, 3].map(() => relayEvents(database.pool, "acme-corp", bus())))));
    expect(await countOf(database.pool, "events.delivery")).toBe(30);
  });

  it("of another tenant is not relayed", async () => {
    await write();
    expect(await relayEvents(database.pool, "xyz-gmbh", bus())).toBe(0);
    expect(await countOf(database.pool, "events.outbox")).toBe(1);
  });
});

describe("what is old", () => {
  it("is forgotten: ids after thirty days, the archive after fourteen", async () => {
    const { pool } = database;
    for (const days of [1, 20, 31]) {
      const at = new Date(Date.now() - days * 86_400_000);
      await pool.query("INSERT INTO events.consumed VALUES ('acme-corp', 'it', 'source', $1, '', $2)", [days, at]);
      await pool.query("INSERT INTO events.archive (tenant, type, event, at) VALUES ('acme-corp', 't', '', $1)", [at]);
    }
    await inTransaction(pool, (client) => forgetOldEvents(client, "xyz-gmbh"));
    expect(await countOf(pool, "events.consumed")).toBe(3);
    await inTransaction(pool, (client) => forgetOldEvents(client, "acme-corp"));
    expect(await countOf(pool, "events.consumed")).toBe(2);
    expect(await countOf(pool, "events.archive")).toBe(1);
  });
});
