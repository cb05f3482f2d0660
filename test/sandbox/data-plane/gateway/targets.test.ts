import { request, type ServerResponse } from "node:http";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { TargetOptions } from "../../../../sandbox/data-plane/gateway/targets/target.ts";
import { modern, post } from "../../../services/libraries/mcp-host/calls.ts";
import { token } from "../../../services/gateway-interceptor/fixture.ts";
import { ask, call, target, whole, type Changes, type Whole } from "./fixture.ts";
import { spy, usual, type SeenRequest } from "./spy.ts";

let it: Whole;
const opened: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all([it.stop(), ...opened.splice(0).map((server) => server.close())]);
});

/** A gateway with a target that answers as told. */
async function behind(answer?: Parameters<typeof spy>[0], limits: NonNullable<Changes["options"]>["limits"] = {}) {
  const server = await spy(answer);
  opened.push(server);
  it = await whole({ options: { targets: [target("spy", server.origin)], limits } });
  return server;
}

type Json = (response: ServerResponse, value: unknown, status?: number) => void;
const json: Json = (response, value, status = 200) =>
  void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
const result = { resultType: "complete", content: [] };

/** Asks for a tool with the revision's own stream of notifications. */
async function streaming(name: string) {
  const { headers, body } = modern("tools/call", { name, arguments: {} }, { progressToken: 1 });
  return {
    headers: { ...headers, authorization: `Bearer ${await token()}`, "content-type": "application/json" },
    body,
  };
}

describe("a target that is of no use is an error that says nothing of it", () => {
  const rubbish =
    (text: string, type = "application/json") =>
    (_: SeenRequest, response: ServerResponse) =>
      void response.writeHead(200, { "content-type": type }).end(text);
  const events = (text: string) => rubbish(text, "text/event-stream");

  test.each<[string, Parameters<typeof spy>[0]]>([
    ["hangs up", (_, response) => void response.destroy()],
    [
      "hangs up in the middle",
      (_, response) => {
        response.writeHead(200, { "content-type": "application/json", "content-length": 100 });
        response.write("{");
        setTimeout(() => response.destroy(), 20);
      },
    ],
    ["answers nothing", rubbish("")],
    ["answers text", rubbish("<html>10.0.1.7", "text/html")],
    ["answers half of it", rubbish('{"jsonrpc":"2.0","id":1,"result":')],
    [
      "answers no UTF-8",
      (_, response) =>
        void response.writeHead(200, { "content-type": "application/json" }).end(Buffer.from([0x22, 0xc3, 0x28, 0x22])),
    ],
    ["answers another request", ({ body }, response) => json(response, { jsonrpc: "2.0", id: body.id + 1, result })],
    ["answers neither result nor error", ({ body }, response) => json(response, { jsonrpc: "2.0", id: body.id })],
    ["answers in another protocol", ({ body }, response) => json(response, { jsonrpc: "1.0", id: body.id, result })],
    ["answers several", ({ body }, response) => json(response, [{ jsonrpc: "2.0", id: body.id, result }])],
    [
      "refuses the gateway",
      ({ body }, response) =>
        json(response, { jsonrpc: "2.0", id: body.id, error: { code: -32000, message: "10.0.1.7" } }, 401),
    ],
    [
      "breaks",
      ({ body }, response) =>
        json(response, { jsonrpc: "2.0", id: body.id, error: { code: -32603, message: "10.0.1.7" } }, 500),
    ],
    ["sends elsewhere", (_, response) => void response.writeHead(307, { location: "http://127.0.0.1:1/" }).end()],
    [
      "ends a stream without an answer",
      events('event: message\ndata: {"jsonrpc":"2.0","method":"notifications/progress"}\n\n'),
    ],
    ["streams rubbish", events("data: {nonsense\n\n")],
    ["streams nothing", events("")],
    ["streams one endless event", events(`data: ${"x".repeat(7 * 1024 * 1024)}`)],
    [
      "answers 50 MB",
      (_, response) => {
        response.writeHead(200, { "content-type": "application/json" });
        pour(response, 50);
      },
    ],
  ])("%s", async (_, answer) => {
    await behind(answer);
    for (const isModern of [true, false]) {
      const answered = await call(it, "spy___look", {}, { isModern });
      expect(answered.text).toContain("ERR_TARGET");
      expect(answered.text).toContain('"code":-32010,"message":"the target failed"');
      expect(answered.text).not.toMatch(/10\.0\.1\.7|127\.0\.0\.1|spy|\.ts/);
      expect(answered.status).toBe(200);
    }
    expect((await call(it, "files___list")).json.result).toBeDefined();
    expect(it.logged.length).toBeGreaterThan(0);
  });

  test("is down", async () => {
    const server = await behind();
    await server.close();
    const answer = await call(it, "spy___look");
    expect([answer.status, answer.json.error?.code, answer.json.error?.data?.code]).toEqual([
      200,
      -32010,
      "ERR_TARGET",
    ]);
    const { tools } = (await ask(it, "tools/list")).json.result as unknown as { tools: { name: string }[] };
    expect(tools.map(({ name }) => name)).toContain("files___list");
  });

  test("hangs", async () => {
    await behind(() => undefined, { targetMs: 500 });
    expect((await call(it, "spy___look")).json.error?.code).toBe(-32010);
  });
});

/** Writes so many megabytes as fast as they are taken. */
function pour(response: ServerResponse, megabytes: number): void {
  if (megabytes === 0) response.end();
  else response.write("x".repeat(1024 * 1024), () => pour(response, megabytes - 1));
}

describe("what a target refuses in the protocol's own words is passed on", () => {
  test.each([
    [200, -32602],
    [400, -32021],
    [404, -32601],
  ])("with status %i", async (status, code) => {
    const error = { code, message: "said by the server" };
    await behind(({ body }, response) => json(response, { jsonrpc: "2.0", id: body.id, error }, status));
    const answer = await call(it, "spy___look");
    expect([answer.status, answer.json.error]).toEqual([status, error]);
  });
});

describe("a client that leaves", () => {
  const leave = async (name: string, when: (response: AsyncIterable<Buffer>) => Promise<unknown>) => {
    const { headers, body } = await streaming(name);
    const sent = request(it.url, { method: "POST", headers });
    sent.on("error", () => undefined).end(body);
    const answered = new Promise<AsyncIterable<Buffer>>((resolve) => sent.once("response", resolve));
    await Promise.race([answered.then(when), new Promise((resolve) => setTimeout(resolve, 500))]);
    sent.destroy();
  };

  test("cancels the call at the target", async () => {
    it = await whole();
    await leave("database___hang", () => Promise.resolve());
    await vi.waitFor(() => expect(it.traces.aborted).toEqual(["hang"]), 30_000);
    expect((await call(it, "database___query")).status).toBe(200);
  });

  test("ends a stream that is under way", async () => {
    let isOver = false;
    await behind((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      const message = { jsonrpc: "2.0", method: "notifications/message", params: { level: "info", data: "more" } };
      const timer = setInterval(() => void response.write(`data: ${JSON.stringify(message)}\n\n`), 5);
      response.on("close", () => {
        clearInterval(timer);
        isOver = true;
      });
    });
    await leave("spy___look", async (response) => {
      let events = 0;
      for await (const chunk of response) if ((events += String(chunk).split("\n\n").length - 1) > 5) break;
    });
    await vi.waitFor(() => expect(isOver).toBe(true), 30_000);
    expect(it.logged).toEqual([]);
  });
});

describe("a client of 2025-11-25", () => {
  test("may cancel a call that has begun to answer", async () => {
    let isOver = false;
    await behind((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(
        'data: {"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"a"}}\n\n',
      );
      response.on("close", () => (isOver = true));
    });
    const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "a", version: "1" } };
    const begun = await ask(it, "initialize", params, { isModern: false });
    const headers = {
      "mcp-session-id": String(begun.headers["mcp-session-id"]),
      authorization: `Bearer ${await token()}`,
      "content-type": "application/json",
    };
    const called = JSON.stringify({ jsonrpc: "2.0", id: 5, method: "tools/call", params: { name: "spy___look" } });
    const { body } = await fetch(it.url, { method: "POST", headers, body: called });
    const reader = body!.getReader();
    expect(Buffer.from((await reader.read()).value).toString()).toContain("notifications/message");
    const cancelled = { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 5 } };
    await post(Number(new URL(it.url).port), JSON.stringify(cancelled), headers);
    await vi.waitFor(() => expect(isOver).toBe(true), 30_000);
    await reader.cancel();
  });
});

describe("a stream", () => {
  test("is passed on message by message, and ends with the answer", async () => {
    const part = { jsonrpc: "2.0", method: "notifications/message", params: { level: "info", data: "hé\nllo" } };
    const server = await behind(({ body }, response) => {
      response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
      response.write(`: ping\n\ndata: ${JSON.stringify(part)}\n\ndata: 7\n\n`);
      response.write(`data: ${JSON.stringify({ jsonrpc: "2.0", id: body.id, result })}\n\n`);
      response.write(`data: ${JSON.stringify({ jsonrpc: "2.0", id: body.id, result: "late" })}\n\n`);
    });
    const { headers, body } = await streaming("spy___look");
    const answer = await post(Number(new URL(it.url).port), body, headers);
    const events = answer.text.trim().split("\n\n");
    expect(events.map((event) => JSON.parse(event.replace("event: message\ndata: ", "")) as object)).toEqual([
      part,
      { jsonrpc: "2.0", id: 1, result },
    ]);
    expect(server.seen).toHaveLength(1);
  });

  test("may ask the client something before it answers, and that is shown to the interceptor", async () => {
    const question = { jsonrpc: "2.0", id: "ask-1", method: "elicitation/create", params: { message: "Sure?" } };
    await behind(({ body }, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      const answer = { jsonrpc: "2.0", id: body.id, result };
      response.end([question, answer].map((message) => `data: ${JSON.stringify(message)}\n\n`).join(""));
    });
    const answer = await call(it, "spy___look", {}, { isModern: false });
    expect(answer.text.match(/ask-1/g)).toHaveLength(1);
    expect(answer.text.match(/"id":1/g)).toHaveLength(1);
    expect(it.interception.audit()).toHaveLength(1);
  });
});

describe("a target is not made", () => {
  const options: TargetOptions = target("spy", "http://127.0.0.1:1");
  test.each<[string, readonly TargetOptions[]]>([
    ["with a name that could be mistaken", [{ ...options, name: "spy___a" }]],
    ["without a name", [{ ...options, name: "" }]],
    ["without an address", [{ ...options, endpoint: "nowhere" }]],
    ["twice", [options, options]],
    ["with a header that may not pass", [{ ...options, allowedRequestHeaders: ["Authorization"] }]],
  ])("%s", async (_, targets) => {
    it = await whole();
    await expect(whole({ options: { targets } })).rejects.toThrow(TypeError);
  });
});

test("what is behind a name is asked by its own name, with nothing of the target's", async () => {
  const server = await behind(usual);
  await call(it, "spy___look", { a: 1 });
  expect(server.seen[0]?.body).toMatchObject({ method: "tools/call", params: { name: "look", arguments: { a: 1 } } });
});
