import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Processor } from "../../../../../services/bff/b2b/batch/jobs/processor.ts";
import { keepFile } from "../../../../../services/bff/b2b/batch/upload.ts";
import { LIMITS } from "../../../../../services/bff/b2b/batch/row.ts";
import { batchFixture, countingProcessor, KINDS } from "./fixture.ts";

let fixture: Awaited<ReturnType<typeof batchFixture>>;
const prepare = (kind: (typeof KINDS)[number]): void => {
  beforeAll(async () => (fixture = await batchFixture(kind)));
  afterAll(() => fixture.close());
  beforeEach(() => fixture.acme.clear());
};

const csvOf = (rows: number): string =>
  `sku,quantity\n${Array.from({ length: rows }, (_, i) => `A-${i + 1},${i + 1}`).join("\n")}\n`;
const begin = async (...[body, options]: Parameters<typeof fixture.acme.upload>) => {
  const answer = await fixture.acme.upload(body, options);
  expect(answer.status).toBe(202);
  return fixture.acme.jobOf(answer);
};
const find = async (id: string) => (await (await fixture.acme.call("GET", `/${id}`)).json()) as object;
const kept = () => fixture.acme.pieces();

describe.each(KINDS)("a batch, kept in %s,", (kind) => {
  prepare(kind);

  it.each([
    ["text/csv", "sku,quantity\nA,1\nB,0\nC,3\nD\n"],
    ["application/x-ndjson", '{"sku":"A","quantity":1}\n{"sku":"B","quantity":0}\n{"sku":"C","quantity":3}\n["D"]\n'],
    [
      "application/xml",
      "<r><o><sku>A</sku><quantity>1</quantity></o><o><sku>B</sku><quantity>0</quantity></o><o><sku>C</sku><quantity>3</quantity></o><o x='1'/></r>",
    ],
  ])("of %s has results and failed rows, its file is removed, and its partner is told", async (type, file) => {
    const job = await begin(file, { type });
    expect(job).toMatchObject({ state: "queued", bytes: Buffer.byteLength(file), progress: { rows: 0 } });
    await fixture.acme.work(countingProcessor(fixture.acme.pool).process, fixture.acme.isOver(job.id));

    expect(await find(job.id)).toMatchObject({
      state: "done",
      progress: { rows: 4, succeeded: 2, failed: 2 },
      fault: null,
    });
    const results = await (await fixture.acme.call("GET", `/${job.id}/results`)).text();
    expect(
      results
        .trim()
        .split("\n")
        .map((it) => JSON.parse(it) as unknown),
    ).toEqual([
      { row: 1, result: { sku: "A", quantity: 1 } },
      { row: 3, result: { sku: "C", quantity: 3 } },
    ]);
    const failed = (await (await fixture.acme.call("GET", `/${job.id}/failed-rows`)).json()) as { items: unknown };
    expect(failed.items).toMatchObject([
      { row: 2, code: "ERR_ROW_INVALID", field: "/quantity", message: "must be >= 1" },
      { row: 4, code: "ERR_ROW_SHAPE" },
    ]);
    expect(await kept()).toBe(0);
    expect(await fixture.acme.events()).toMatchObject([
      { type: "batch.finished", subject: `partner/metal-works/batch/${job.id}`, data: { state: "done", rows: 4 } },
    ]);
  });

  it("that is cut off keeps what came before", async () => {
    const job = await begin(`${csvOf(10)}"cut`);
    await fixture.acme.work(countingProcessor(fixture.acme.pool).process, fixture.acme.isOver(job.id), {
      rowsAtOnce: 4,
    });
    expect(await find(job.id)).toMatchObject({
      state: "failed",
      progress: { rows: 10, succeeded: 10 },
      fault: { code: "ERR_FILE_CUT_OFF" },
    });
  });

  it("whose rows the processor refuses or forgets says so", async () => {
    const job = await begin(csvOf(3));
    const process: Processor = ({ rows }) =>
      Promise.resolve(
        rows.slice(1).map(({ number }) => (number === 2 ? { number, problem: "unknown sku" } : { number, result: 1 })),
      );
    await fixture.acme.work(process, fixture.acme.isOver(job.id));
    expect(await fixture.acme.store.failedRows(job.id, 0, 10)).toMatchObject([
      { row: 1, code: "ERR_ROW_PROCESSING", message: "was not worked on" },
      { row: 2, code: "ERR_ROW_PROCESSING", message: "unknown sku" },
    ]);
  });

  it("whose processor fails gets the same rows again, then goes on; one that never works fails the job", async () => {
    const job = await begin(csvOf(4));
    const { seen, process } = countingProcessor(fixture.acme.pool);
    const keys: string[] = [];
    const failing: Processor = async (batch, signal) => {
      keys.push(batch.idempotencyKey);
      if (keys.length === 2) throw new Error("the agent is down");
      return process(batch, signal);
    };
    const soon = async () => {
      await fixture.acme.soon();
      return fixture.acme.isOver(job.id)();
    };
    await fixture.acme.work(failing, soon, { rowsAtOnce: 2 });
    expect(keys).toEqual([`${job.id}:1`, `${job.id}:3`, `${job.id}:3`]);
    expect(seen.flatMap(({ rows }) => rows.map((it) => it.number))).toEqual([1, 2, 3, 4]);
    expect(await find(job.id)).toMatchObject({ state: "done", progress: { succeeded: 4 } });

    const second = await begin(csvOf(1));
    const never = async () => {
      await fixture.acme.soon();
      return fixture.acme.isOver(second.id)();
    };
    await fixture.acme.work(() => Promise.reject(new Error("down")), never);
    expect(await find(second.id)).toMatchObject({ state: "failed", fault: { code: "ERR_PROCESSOR" } });
  });

  it("that is cancelled while it runs stops, and keeps what was done", async () => {
    const job = await begin(csvOf(10));
    const { seen, process } = countingProcessor(fixture.acme.pool);
    const cancelling: Processor = async (batch, signal) => {
      if (seen.length === 1) expect((await fixture.acme.call("POST", `/${job.id}/cancel`)).status).toBe(202);
      return process(batch, signal);
    };
    await fixture.acme.work(cancelling, fixture.acme.isOver(job.id), { rowsAtOnce: 2 });
    expect(await find(job.id)).toMatchObject({ state: "cancelled", progress: { rows: 2, succeeded: 2 } });
    expect(seen).toHaveLength(2);
    expect((await fixture.acme.call("POST", `/${job.id}/cancel`)).status).toBe(409);
  });

  it("that is cancelled aborts a processor that hangs", async () => {
    const job = await begin(csvOf(2));
    const hanging: Processor = async (_, signal) => {
      await fixture.acme.store.cancel("metal-works", job.id);
      return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("aborted"))));
    };
    await fixture.acme.work(hanging, fixture.acme.isOver(job.id), { leaseMs: 300 });
    expect(await find(job.id)).toMatchObject({ state: "cancelled", progress: { rows: 0 } });
  });

  it("that is cancelled before it runs is never worked on", async () => {
    const job = await begin(csvOf(2));
    expect((await fixture.acme.call("POST", `/${job.id}/cancel`)).status).toBe(202);
    expect(await fixture.acme.store.take(1_000)).toBeUndefined();
  });

  it("is kept by one worker alone: one that lost its lease changes nothing", async () => {
    const job = await begin(csvOf(2));
    const late = (await fixture.acme.store.take(0))!;
    const current = (await fixture.acme.store.take(60_000))!;
    expect([late.id, current.id]).toEqual([job.id, job.id]);
    const outcome = { progress: { rows: 2, succeeded: 2, failed: 0 }, failed: [], results: [] };
    expect(await fixture.acme.store.keep(late, outcome)).toBe(false);
    await fixture.acme.store.end(late, "failed");
    expect(await fixture.acme.store.renew(late, 1_000)).toBe(false);
    expect(await fixture.acme.store.keep(current, outcome)).toBe(true);
    await fixture.acme.store.end(current, "done");
    expect(await find(job.id)).toMatchObject({ state: "done" });
  });
});

describe.each(KINDS)("an upload, kept in %s,", (kind) => {
  prepare(kind);

  it.each<[string, Parameters<typeof fixture.acme.upload>[1], number]>([
    ["of another type", { type: "application/pdf" }, 415],
    ["that is compressed", { headers: { "content-encoding": "gzip" } }, 415],
    ["by a schema that is not there", { query: "?schema=constructor" }, 422],
    ["without a schema", { query: "" }, 422],
    ["with a strange delimiter", { query: "?schema=orders&delimiter=x" }, 422],
    ["with a digest of another file", { headers: { "content-digest": `sha-256=:${"A".repeat(43)}=:` } }, 422],
    ["with a digest that is none", { headers: { "content-digest": "md5=:x:" } }, 400],
  ])("%s is refused, and nothing is kept", async (_, options, status) => {
    expect((await fixture.acme.upload(csvOf(1), options)).status).toBe(status);
    expect(await (await fixture.acme.call("GET", "")).json()).toEqual({ items: [] });
    expect(await kept()).toBe(0);
  });

  it("with the digest of its file is taken", async () => {
    const digest = createHash("sha256").update(csvOf(1)).digest("base64");
    await begin(csvOf(1), { headers: { "content-digest": `sha-256=:${digest}:` } });
  });

  it("that stops arriving leaves nothing behind", async () => {
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        if (sent++ < 20) controller.enqueue(new Uint8Array(100_000).fill(97));
        else controller.error(new Error("the connection is gone"));
      },
    });
    let sent = 0;
    expect((await fixture.acme.upload(body)).status).toBe(500);
    expect(sent).toBeGreaterThan(20);
    expect(await kept()).toBe(0);
    expect(await (await fixture.acme.call("GET", "")).json()).toEqual({ items: [] });
  });

  it("that is too large is refused before all of it has arrived", async () => {
    let sent = 0;
    const piece = new Uint8Array(64 * 1024 * 1024);
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent++;
        controller.enqueue(piece);
      },
    });
    // Pieces are counted before they are kept: only their sizes are of interest here.
    const store = Object.assign(Object.create(fixture.acme.store) as typeof fixture.acme.store, {
      append: () => Promise.resolve(),
    });
    const id = (await fixture.acme.store.begin("metal-works", {
      schema: "orders",
      kind: { format: "csv", delimiter: "," },
    }))!;
    await expect(keepFile(store, id, { body, contentDigest: undefined })).rejects.toMatchObject({
      code: "body-too-large",
    });
    expect(sent).toBeLessThanOrEqual(LIMITS.bytes / piece.length + 3);
    expect(await fixture.acme.store.list("metal-works")).toEqual([]);
  });

  it("is one of five at most that are not over", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => fixture.acme.upload(csvOf(1))));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 202, 202, 202, 202, 429, 429, 429]);
  });
});

describe.each(KINDS)("a job, kept in %s,", (kind) => {
  prepare(kind);

  it("of one partner is nobody else's, in this tenant and in another", async () => {
    const { id } = await begin(csvOf(1));
    for (const call of [
      (method: string, path: string) => fixture.acme.call(method, path, "paper-mill"),
      (method: string, path: string) => fixture.xyz.call(method, path),
    ]) {
      expect(await (await call("GET", "")).json()).toEqual({ items: [] });
      for (const [method, path] of [
        ["GET", ""],
        ["POST", "/cancel"],
        ["GET", "/failed-rows"],
        ["GET", "/results"],
      ] as const)
        expect([path, (await call(method, `/${id}${path}`)).status]).toEqual([path, 404]);
    }
    expect(await fixture.xyz.store.take(1_000)).toBeUndefined();
    const pieces: unknown[] = [];
    for await (const it of fixture.xyz.store.file(id)) pieces.push(it);
    expect(pieces).toEqual([]);
  });

  it("is forgotten two weeks after its end, and a file that stopped arriving after an hour", async () => {
    const { id } = await begin(csvOf(1));
    await fixture.acme.store.begin("metal-works", { schema: "orders", kind: { format: "csv", delimiter: "," } });
    await fixture.acme.store.forget();
    expect(await fixture.acme.store.list("metal-works")).toHaveLength(2);
    await fixture.acme.pass(61 * 60_000);
    await fixture.acme.store.forget();
    expect((await fixture.acme.store.list("metal-works")).map((it) => it.id)).toEqual([id]);
    await fixture.acme.store.cancel("metal-works", id);
    await fixture.acme.pass(15 * 86_400_000);
    await fixture.acme.store.forget();
    expect(await fixture.acme.store.list("metal-works")).toEqual([]);
  });
});
