import type { ServerResponse } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Backend } from "../../../../services/mcp/api-integration/http/backend.ts";
import { LONGEST_REPLY_BYTES } from "../../../../services/libraries/guarded-http/guarded-agent.ts";
import { FAILURES_TO_OPEN, MOST_RETRIES } from "../../../../services/mcp/api-integration/http/resilience.ts";
import {
  backendAt,
  caller,
  GET,
  inTurn,
  jsonAnswer,
  POST,
  type ScriptedBackend,
  scriptedBackend,
} from "./scripted-backend.ts";

let server: ScriptedBackend;
const open: Backend[] = [];
const backend = (
  ...[settings, options]: Parameters<typeof backendAt> extends [string, ...infer Rest] ? Rest : never
) => {
  const made = backendAt(`${server.url}/base`, settings, options);
  open.push(made);
  return made;
};

beforeAll(async () => {
  server = await scriptedBackend();
});
beforeEach(() => {
  server.seen.length = 0;
  server.answer = jsonAnswer({ ok: true });
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(open.splice(0).map((it) => it.close()));
});
afterAll(() => server.stop());

const timesAsked = () => server.seen.length;

describe("a request", () => {
  test("goes below the base address, with the correlation id", async () => {
    const reply = await backend().send({ ...GET, query: [["q", "a b&c"]] }, caller());
    expect(reply).toEqual({ status: 200, mediaType: "application/json", text: '{"ok":true}' });
    expect(server.seen).toMatchObject([
      { method: "GET", url: "/base/it?q=a+b%26c", headers: { "x-correlation-id": "corr-1" } },
    ]);
  });

  test.each(["/../admin", "/a/../../admin", "/%2e%2e/admin", "/a?b=c", "/a#b"])("for %s is not sent", async (path) => {
    await expect(backend().send({ ...GET, path }, caller())).rejects.toMatchObject({ code: "ERR_ARGUMENT_INVALID" });
    expect(server.seen).toEqual([]);
  });

  test("with a broken header is not sent", async () => {
    const headers = { "x-it": "a\r\nx-evil: 1" };
    await expect(backend().send({ ...POST, headers }, caller())).rejects.toThrow();
    expect(server.seen).toEqual([]);
  });
});

describe("what may be repeated", () => {
  test.each([429, 502, 503, 504])("is, after %i, and no more often than is allowed", async (status) => {
    server.answer = inTurn(server, jsonAnswer({}, status), jsonAnswer({ ok: true }));
    expect((await backend().send(GET, caller())).status).toBe(200);
    expect(timesAsked()).toBe(2);
    server.seen.length = 0;
    server.answer = jsonAnswer({}, status);
    expect((await backend().send(GET, caller())).status).toBe(status);
    expect(timesAsked()).toBe(1 + MOST_RETRIES);
  });

  test("is, when a connection breaks", async () => {
    server.answer = inTurn(server, (_, response) => void response.destroy(), jsonAnswer({ ok: true }));
    expect((await backend().send(GET, caller())).status).toBe(200);
    expect(timesAsked()).toBe(2);
  });

  test.each([400, 404, 500, 501])("is not, after %i", async (status) => {
    server.answer = jsonAnswer({}, status);
    expect((await backend().send(GET, caller())).status).toBe(status);
    expect(timesAsked()).toBe(1);
  });

  test("waits as long as the backend asks, and gives up if that is too long", async () => {
    server.answer = inTurn(server, jsonAnswer({}, 503, { "retry-after": "1" }), jsonAnswer({ ok: true }));
    const started = performance.now();
    expect((await backend().send(GET, caller())).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(990);
    server.seen.length = 0;
    server.answer = jsonAnswer({}, 429, { "retry-after": "60" });
    expect(await backend().send(GET, caller())).toMatchObject({ status: 429, retryAfterMs: 60_000 });
    expect(timesAsked()).toBe(1);
    const date = new Date(Date.now() + 60_000).toUTCString();
    server.answer = jsonAnswer({}, 503, { "retry-after": date });
    expect((await backend().send(GET, caller())).retryAfterMs).toBeGreaterThan(50_000);
    expect(timesAsked()).toBe(2);
  });

  test("does not include what changes something", async () => {
    server.answer = inTurn(server, jsonAnswer({}, 503), jsonAnswer({ ok: true }));
    expect((await backend().send(POST, caller())).status).toBe(503);
    server.answer = (_, response) => void response.destroy();
    await expect(backend().send(POST, caller())).rejects.toMatchObject({ code: "ERR_BACKEND_UNREACHABLE" });
    expect(timesAsked()).toBe(2);
  });
});

describe("a backend that keeps failing", () => {
  test("is left alone, then tried once, then trusted again", async () => {
    const failing = backend({ recoveryMs: 300 });
    server.answer = jsonAnswer({}, 500);
    for (let i = 0; i < FAILURES_TO_OPEN; i++) await failing.send(POST, caller());
    const refused = { code: "ERR_BACKEND_OPEN", clientMessage: '"sample" keeps failing; try again later' };
    await expect(failing.send(GET, caller())).rejects.toMatchObject(refused);
    expect(timesAsked()).toBe(FAILURES_TO_OPEN);

    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 301 });
    await failing.send(POST, caller());
    await expect(failing.send(POST, caller())).rejects.toMatchObject(refused);
    expect(timesAsked()).toBe(FAILURES_TO_OPEN + 1);

    vi.setSystemTime(Date.now() + 301);
    server.answer = jsonAnswer({});
    await failing.send(POST, caller());
    await failing.send(POST, caller());
    expect(timesAsked()).toBe(FAILURES_TO_OPEN + 3);
  });

  test("is not one that refuses requests, or whose callers leave", async () => {
    const healthy = backend();
    server.answer = jsonAnswer({}, 400);
    for (let i = 0; i <= FAILURES_TO_OPEN; i++) await healthy.send(POST, caller());
    server.answer = () => undefined;
    for (let i = 0; i <= FAILURES_TO_OPEN; i++)
      await expect(healthy.send(POST, caller(AbortSignal.timeout(20)))).rejects.toThrow();
    server.answer = jsonAnswer({});
    expect((await healthy.send(POST, caller())).status).toBe(200);
  });

  test("does not take others with it", async () => {
    const [failing, other] = [backend(), backend()];
    server.answer = jsonAnswer({}, 500);
    for (let i = 0; i < FAILURES_TO_OPEN; i++) await failing.send(POST, caller());
    server.answer = jsonAnswer({});
    await expect(failing.send(POST, caller())).rejects.toMatchObject({ code: "ERR_BACKEND_OPEN" });
    expect((await other.send(POST, caller())).status).toBe(200);
  });
});

describe("an answer that does not come", () => {
  test("is not waited for longer than is set, and not asked for again", async () => {
    server.answer = (_, response) => void response.writeHead(200).write("{");
    await expect(backend({ timeoutMs: 100 }).send(GET, caller())).rejects.toMatchObject({
      code: "ERR_BACKEND_TIMEOUT",
    });
    expect(timesAsked()).toBe(1);
  });

  test("is given up when the caller leaves, and the backend notices", async () => {
    const closed = Promise.withResolvers<unknown>();
    server.answer = (_, response) => void response.on("close", closed.resolve);
    const controller = new AbortController();
    const sent = backend().send(GET, caller(controller.signal));
    const left = new Error("the caller left");
    setTimeout(() => controller.abort(left), 50);
    await expect(sent).rejects.toBe(left);
    await closed.promise;
    expect(timesAsked()).toBe(1);
  });

  test("holds one place, and those who find none are told", async () => {
    const narrow = backend({ concurrency: 1, timeoutMs: 5_000 });
    const waiting: ServerResponse[] = [];
    server.answer = (_, response) => void waiting.push(response);
    const [first, second] = [narrow.send(POST, caller()), narrow.send(POST, caller())];
    await expect(narrow.send(POST, caller())).rejects.toMatchObject({ code: "ERR_BACKEND_BUSY" });
    await expect.poll(() => waiting.length, { timeout: 50_000 }).toBe(1);
    server.answer = jsonAnswer({});
    waiting[0]?.end();
    expect([(await first).status, (await second).status]).toEqual([200, 200]);
  });
});

describe("an answer", () => {
  test("that is too long is not received", async () => {
    server.answer = (_, response) => {
      response.writeHead(200, { "content-type": "text/plain" });
      const chunk = "x".repeat(1024 * 1024);
      for (let sent = 0; sent <= LONGEST_REPLY_BYTES; sent += chunk.length) response.write(chunk);
      response.end();
    };
    await expect(backend().send(POST, caller())).rejects.toMatchObject({ code: "ERR_ANSWER_TOO_LARGE" });
  });

  test("that is compressed unasked is not unpacked", async () => {
    server.answer = jsonAnswer({}, 200, { "content-encoding": "gzip" });
    await expect(backend().send(GET, caller())).rejects.toMatchObject({ code: "ERR_ANSWER_UNREADABLE" });
    expect(server.seen[0]?.headers["accept-encoding"]).toBeUndefined();
  });
});
