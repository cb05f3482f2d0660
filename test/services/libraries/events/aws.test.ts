import { randomUUID } from "node:crypto";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { EventBridgeBus } from "../../../../services/libraries/events/aws/event-bridge-bus.ts";
import { SqsQueue } from "../../../../services/libraries/events/aws/sqs-queue.ts";
import { consumeDelivery } from "../../../../services/libraries/events/consumer.ts";
import { consumeOnce } from "../../../../services/libraries/events/dynamo/consume-once.ts";
import { eventSigner } from "../../../../services/libraries/events/event-signature.ts";
import { DynamoOutbox } from "../../../../services/libraries/events/dynamo/dynamo-outbox.ts";
import { KeyedItems } from "../../../../services/libraries/keyed-items/keyed-items.ts";
import { eventsService } from "../../../support/events/events-service.ts";
import { keyedTables } from "../../../support/tables/keyed-tables.ts";
import { tenantOf } from "./fixture.ts";

const SOURCE = "bff.b2b";
const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const acme = tenantOf("acme-corp");
const draft = {
  source: "urn:alicerce:bff:b2b",
  type: "batch.finished",
  subject: "partner/metal-works/batch/1",
  data: 1,
};
const TABLE = `events-${randomUUID()}`;
const NEVER = new AbortController().signal;

let tables: Awaited<ReturnType<typeof keyedTables>>;
let service: Awaited<ReturnType<typeof eventsService>>;
let items: KeyedItems;
let ahead = 0;
const now = () => Date.now() + ahead;
beforeAll(async () => {
  [tables, service] = await Promise.all([keyedTables(), eventsService({ source: SOURCE })]);
  await tables.make(TABLE, { hasParts: true });
  items = new KeyedItems(tables.client, TABLE);
});
afterAll(() => Promise.all([tables.close(), service.close()]));
beforeEach(async () => {
  await tables.empty(TABLE);
  service.waiting.length = service.dead.length = service.refuse.codes.length = 0;
  ahead = 0;
});

const options = () => ({ endpoint: service.url, region: "eu-west-1", credentials, maxAttempts: 1 });
const busOf = (source = SOURCE) =>
  new EventBridgeBus(new EventBridgeClient(options()), { busName: "alicerce-acme-corp", source });
const queue = () => new SqsQueue(new SQSClient(options()), { url: service.queueUrl, waitSeconds: 0 });
const outbox = () => new DynamoOutbox(items, now);
const write = (more = {}) => outbox().write(acme.signer, { ...draft, ...more }, []);
const waiting = async () => {
  const all = await items.all("outbox", {});
  return all.map(({ event }) => JSON.parse(String(event)) as { readonly sequence?: string; readonly id: string });
};

/** Counts in the table what events say, once for each. */
const outcomes: string[] = [];
const consume = async (work: () => Promise<void> = () => Promise.resolve()): Promise<void> => {
  outcomes.length = 0;
  for (const it of await queue().receive(NEVER))
    await consumeDelivery(
      {
        queue: queue(),
        verify: acme.verify,
        consume: (event) =>
          consumeOnce(items, "test", event, async () => {
            await work();
            return [items.count({ key: "effect", part: String(event.data) }, ["times", 1])];
          }),
        onOutcome: (outcome) => outcomes.push(outcome),
      },
      it,
    );
};
const effects = async () => (await items.all("effect", {})).map(({ part, times }) => [part, times]);

describe("an event in the cloud", () => {
  it("goes from the outbox over the bus to the queue of whom its rule names, and is worked on once", async () => {
    await write();
    expect(await outbox().relay(busOf())).toBe(1);
    expect(await outbox().relay(busOf())).toBe(0);
    await consume();
    expect(outcomes).toEqual(["done"]);
    expect(await effects()).toEqual([["1", 1]]);
    expect([service.waiting, service.dead]).toEqual([[], []]);
  });

  it("is not heard under another name than the rule's", async () => {
    await write();
    await outbox().relay(busOf("agent.coordinator"));
    await consume();
    expect(outcomes).toEqual([]);
  });

  it("that comes again, or at the same time to two consumers, changes nothing", async () => {
    await write();
    await outbox().relay(busOf());
    service.send(service.waiting[0]!.body);
    service.send(service.waiting[0]!.body);
    await consume();
    expect(outcomes.toSorted()).toEqual(["done", "duplicate", "duplicate"]);
    expect(await effects()).toEqual([["1", 1]]);
    expect(service.waiting).toEqual([]);
  });

  it("whose work fails comes again, later each time, and is a dead letter in the end", async () => {
    await write();
    await outbox().relay(busOf());
    for (let attempt = 1; attempt <= 5; attempt++) {
      await consume(() => Promise.reject(new Error("down")));
      expect(outcomes).toEqual(["failed"]);
      await consume();
      expect(outcomes).toEqual([]);
      service.pass(60_000);
    }
    await consume();
    expect([outcomes, await effects(), service.waiting, service.dead.length]).toEqual([[], [], [], 1]);
  });

  it("that is forged, of another tenant, or none at all is a dead letter, and nothing is done", async () => {
    const good = await acme.signer.sign(draft);
    const foreign = await tenantOf("xyz-gmbh").signer.sign(draft);
    for (const it of [{ ...good, data: 2 }, foreign])
      service.send(JSON.stringify({ source: SOURCE, detail: { cloudevent: JSON.stringify(it) } }));
    service.send("{");
    service.send(JSON.stringify({ detail: good }));
    for (let receive = 1; receive <= 6; receive++) await consume();
    expect([await effects(), service.waiting, service.dead.length]).toEqual([[], [], 4]);
  });

  it("with the id of another one is refused", async () => {
    for (const data of [1, 2]) await outbox().write(acme.signer, { ...draft, id: "one", data }, []);
    await outbox().relay(busOf());
    await consume();
    expect(outcomes.toSorted()).toEqual(["done", "refused"]);
    expect(await effects()).toHaveLength(1);
  });

  it("cannot be acknowledged once somebody else has received it", async () => {
    await write();
    await outbox().relay(busOf());
    const [late] = await queue().receive(NEVER);
    service.pass(60_001);
    const [second] = await queue().receive(NEVER);
    expect([late?.attempt, second?.attempt]).toEqual([1, 2]);
    await late?.acknowledge();
    await late?.retry(1_000);
    expect(service.waiting).toHaveLength(1);
    await second?.acknowledge();
    expect(service.waiting).toEqual([]);
  });

  it("is signed over no more than KMS signs, however much it says", async () => {
    const sizes: number[] = [];
    const signer = eventSigner("acme-corp", (bytes) => {
      sizes.push(bytes.length);
      return Promise.resolve(Buffer.alloc(64, 1));
    });
    await signer.sign({ ...draft, data: "x".repeat(150_000) });
    expect(sizes[0]).toBeLessThanOrEqual(4_096);
  });
});

describe("an outbox in DynamoDB", () => {
  it("keeps what the bus did not take, and all of it while there is no bus", async () => {
    for (const id of ["1", "2", "3"]) await write({ id });
    service.refuse.codes.push(undefined, "ThrottlingException");
    expect(await outbox().relay(busOf())).toBe(3);
    expect(await waiting()).toHaveLength(1);
    const absent = new EventBridgeBus(new EventBridgeClient({ ...options(), endpoint: "http://127.0.0.1:9" }), {
      busName: "alicerce-acme-corp",
      source: SOURCE,
    });
    expect(await outbox().relay(busOf())).toBe(0);
    for (ahead = 600_000; ahead < 2_000_000; ahead += 600_000) expect(await outbox().relay(absent)).toBe(1);
    expect(await waiting()).toHaveLength(1);
    await outbox().relay(busOf());
    expect(await waiting()).toEqual([]);
    expect(service.waiting).toHaveLength(3);
  });

  it("numbers the events of one subject without gaps when many write at once", async () => {
    await Promise.all(Array.from({ length: 6 }, () => write()));
    const expected = Array.from({ length: 6 }, (_, i) => String(i + 1).padStart(16, "0"));
    expect((await waiting()).map((it) => it.sequence).toSorted()).toEqual(expected);
  });

  it("writes nothing where what it tells about could not be done", async () => {
    const at = { key: "work", part: "1" };
    const work = () => outbox().write(acme.signer, draft, [items.put(at, { done: 1 }, { exists: false })]);
    expect([await work(), await work()]).toEqual([new Set(), new Set([0])]);
    expect(await waiting()).toHaveLength(1);
  });

  it("is relayed by several at once, each event by one, and what one took and did not put by another later", async () => {
    for (let i = 0; i < 15; i++) await write({ subject: undefined });
    const hanging = { put: () => new Promise<never>(() => undefined) };
    void outbox().relay(hanging);
    for (let taken = 1; taken > 0;) taken = Math.max(...(await Promise.all([1, 2].map(() => outbox().relay(busOf())))));
    const before = service.waiting.length;
    ahead = 60_000;
    while ((await outbox().relay(busOf())) > 0);
    expect(before).toBeLessThanOrEqual(15);
    expect(new Set(service.waiting.map(({ body }) => body)).size).toBe(15);
    expect(await waiting()).toEqual([]);
  });

  it("puts events together that are together no larger than one call may be", async () => {
    for (let i = 0; i < 4; i++) await write({ subject: undefined, data: "x".repeat(100_000) });
    await outbox().relay(busOf());
    expect(service.waiting).toHaveLength(4);
  });
});
