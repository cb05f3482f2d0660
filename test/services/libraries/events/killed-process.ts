/** A process of its own that stops at one place, says so, and waits there to be killed: `host tenant-key place`. */
import { createPrivateKey, createPublicKey } from "node:crypto";
import pg from "pg";
import type { Delivery, EventQueue } from "../../../../services/libraries/events/bus.ts";
import { runConsumer } from "../../../../services/libraries/events/consumer.ts";
import { eventVerifier } from "../../../../services/libraries/events/event-signature.ts";
import { consumeOnce } from "../../../../services/libraries/events/postgres/consume-once.ts";
import { relayEvents } from "../../../../services/libraries/events/postgres/outbox.ts";
import { PostgresBus } from "../../../../services/libraries/events/postgres/postgres-bus.ts";
import { PostgresQueue } from "../../../../services/libraries/events/postgres/postgres-queue.ts";
import { ORDERS } from "./fixture.ts";

const [host = "", key = "", place = ""] = process.argv.slice(2);
const pool = new pg.Pool({ host, port: 5432, user: "admin", database: "postgres" });

function stopHere(): Promise<never> {
  process.stdout.write(`${place}\n`);
  setInterval(() => undefined, 60_000);
  return new Promise(() => undefined);
}

const bus = new PostgresBus(pool, "acme-corp", ORDERS);
if (place === "after put") {
  await relayEvents(pool, "acme-corp", {
    put: async (events) => {
      await bus.put(events);
      return stopHere();
    },
  });
} else {
  const real = new PostgresQueue(pool, "acme-corp", { name: "orders", visibilityMs: 500 });
  const stopping = (it: Delivery): Delivery => (place === "before acknowledge" ? { ...it, acknowledge: stopHere } : it);
  const queue: EventQueue = {
    receive: async (signal) => (await real.receive(signal)).map(stopping),
  };
  const publicKey = createPublicKey(createPrivateKey(Buffer.from(key, "base64").toString()));
  await runConsumer(
    {
      queue,
      verify: eventVerifier({ tenantId: "acme-corp", publicKeys: [publicKey] }),
      consume: (event) =>
        consumeOnce(pool, { name: "keeper", order: "any" }, event, async ({ data }, client) => {
          await client.query("INSERT INTO effect (what) VALUES ($1)", [data]);
          if (place === "in work") await stopHere();
        }),
    },
    new AbortController().signal,
  );
}
