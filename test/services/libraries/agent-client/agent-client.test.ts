import { afterEach, describe, expect, it } from "vitest";
import { AgentClient, type AgentClientOptions } from "../../../../services/libraries/agent-client/agent-client.ts";
import type { AgentEvent } from "../../../../services/libraries/agent-client/agent-event.ts";
import { TOOL_EVENTS } from "../../../../contracts/agents/events.ts";
import { answerWith, streamTo, wireAgent } from "./wire-agent.ts";

const open: { readonly close: () => Promise<void> }[] = [];
afterEach(() => Promise.all(open.splice(0).map((it) => it.close())));

async function agent(answer: Parameters<typeof wireAgent>[0]) {
  const it = await wireAgent(answer);
  open.push(it);
  return it;
}

const client = (url: URL, options: Partial<AgentClientOptions> = {}): AgentClient =>
  new AgentClient({
    url,
    tenantId: "acme-corp",
    machineToken: () => Promise.resolve({ access_token: "machine.token.one" }),
    limits: { retries: 0 },
    ...options,
  });

const ids = { taskId: "task-1", contextId: "conversation-1" };
const status = (state: string, more: object = {}): object => ({ statusUpdate: { ...ids, status: { state }, ...more } });
const piece = (text: string): object => ({
  artifactUpdate: { ...ids, append: true, artifact: { artifactId: "answer", parts: [{ text }] } },
});
const started = {
  type: "tool-started",
  callId: "call-1",
  tool: "orders___read-order",
  allowedBy: { at: "b2c", scope: "mcp:read", agent: "customer-support" },
};
const finished = {
  type: "tool-finished",
  callId: "call-1",
  tool: "orders___read-order",
  outcome: "done",
  durationMs: 4,
};

async function eventsOf(events: AsyncIterable<AgentEvent>): Promise<readonly AgentEvent[]> {
  const all: AgentEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

describe("a call of an agent", () => {
  it("carries both identities, the tenant, the conversation and how long the caller waits", async () => {
    const task = { id: "task-1", contextId: "conversation-1", status: { state: "TASK_STATE_COMPLETED" } };
    const it = await agent((request, response) =>
      answerWith(request, response, {
        task: {
          ...task,
          artifacts: [
            { artifactId: "answer", parts: [{ text: "It left " }, { text: "today." }, { data: { order: 7 } }] },
          ],
        },
      }),
    );
    const answer = await client(it.url).send({
      text: "Where is my order?",
      data: { order: 7 },
      userContext: "context.token.one",
      contextId: "conversation-1",
      messageId: "message-1",
      correlationId: "correlation-1",
      deadlineMs: 5_000,
    });
    expect(answer).toEqual({ state: "completed", ...ids, text: "It left today.", data: [{ order: 7 }] });
    const [{ headers, body } = expect.fail("no request")] = it.requests;
    expect(headers).toMatchObject({
      authorization: "Bearer machine.token.one",
      "x-user-context": "context.token.one",
      "x-correlation-id": "correlation-1",
      "x-deadline-ms": "5000",
      "a2a-version": "1.0",
    });
    expect(body.method).toBe("SendMessage");
    expect(body.params).toMatchObject({
      tenant: "acme-corp",
      message: {
        messageId: "message-1",
        contextId: "conversation-1",
        role: "ROLE_USER",
        parts: [{ text: "Where is my order?" }, { data: { order: 7 } }],
      },
    });
  });

  it("tells what happens in order: the state, tools and why they were allowed, pieces of text, the answer", async () => {
    const it = await agent((request, response) =>
      streamTo(request, response, [
        { task: { id: "task-1", contextId: "conversation-1", status: { state: "TASK_STATE_SUBMITTED" } } },
        status("TASK_STATE_WORKING"),
        status("TASK_STATE_WORKING", { metadata: { [TOOL_EVENTS]: started } }),
        status("TASK_STATE_WORKING", { metadata: { [TOOL_EVENTS]: finished } }),
        piece("It left "),
        piece("today."),
        status("TASK_STATE_COMPLETED"),
      ]),
    );
    expect(await eventsOf(client(it.url).stream({ text: "Where?", userContext: "context.token.one" }))).toEqual([
      { type: "status", state: "submitted", ...ids },
      { type: "status", state: "working", ...ids },
      started,
      finished,
      { type: "text", text: "It left " },
      { type: "text", text: "today." },
      { type: "final", answer: { state: "completed", ...ids, text: "It left today.", data: [] } },
    ]);
  });

  it("takes no tool event of another form than the contract's for one", async () => {
    const forged = { ...started, arguments: { card: "4111" } };
    const it = await agent((request, response) =>
      streamTo(request, response, [
        status("TASK_STATE_WORKING", { metadata: { [TOOL_EVENTS]: forged } }),
        status("TASK_STATE_COMPLETED"),
      ]),
    );
    const events = await eventsOf(client(it.url).stream({ text: "Where?", userContext: "context.token.one" }));
    expect(events.map((event) => event.type)).toEqual(["status", "final"]);
  });

  it("says why a task failed, and is no exception then", async () => {
    const message = {
      messageId: "m",
      role: "ROLE_AGENT",
      parts: [{ text: "too many steps" }],
      metadata: { "https://alicerce.dev/a2a/problem/v1": { code: "ERR_BUDGET_STEPS" } },
    };
    const it = await agent((request, response) =>
      answerWith(request, response, {
        task: { id: "task-1", contextId: "conversation-1", status: { state: "TASK_STATE_FAILED", message } },
      }),
    );
    expect(await client(it.url).send({ text: "Where?", userContext: "context.token.one" })).toMatchObject({
      state: "failed",
      text: "too many steps",
      code: "ERR_BUDGET_STEPS",
    });
  });
});

describe("a call that comes to nothing", () => {
  const call = { text: "Where?", userContext: "context.token.one" };

  it.each([
    [401, "ERR_AGENT_REFUSED"],
    [403, "ERR_AGENT_REFUSED"],
    [413, "ERR_AGENT_REQUEST"],
    [429, "ERR_AGENT_BUSY"],
    [500, "ERR_AGENT_ANSWER"],
  ])("is told by its status: %i is %s, without a word of the answer", async (code, expected) => {
    const it = await agent((_, response) => response.writeHead(code).end("secret words"));
    for (const attempt of [client(it.url).send(call), eventsOf(client(it.url).stream(call))]) {
      const failure: unknown = await attempt.then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(failure).toMatchObject({ code: expected });
      expect(String(failure)).not.toContain("secret");
    }
  });

  it("follows no redirect, which would send a person's words and a token elsewhere", async () => {
    const elsewhere = await agent((request, response) => answerWith(request, response, {}));
    const it = await agent((_, response) => response.writeHead(307, { location: elsewhere.url.href }).end());
    await expect(client(it.url).send(call)).rejects.toMatchObject({ code: "ERR_AGENT_UNAVAILABLE" });
    expect(elsewhere.requests).toEqual([]);
  });

  it("ends when its deadline passes, and when the caller leaves", async () => {
    const it = await agent((request, response) => streamTo(request, response, [status("TASK_STATE_WORKING")], false));
    await expect(eventsOf(client(it.url).stream({ ...call, deadlineMs: 50 }))).rejects.toMatchObject({
      code: "ERR_DEADLINE",
    });
    const leaving = new AbortController();
    const events = client(it.url).stream({ ...call, signal: leaving.signal });
    expect((await events.next()).value).toMatchObject({ type: "status" });
    leaving.abort();
    await expect(events.next()).rejects.toMatchObject({ code: "ERR_CANCELLED" });
  });

  it("closes its connection when nobody reads on", async () => {
    const closed = Promise.withResolvers<undefined>();
    const it = await agent((request, response) => {
      response.on("close", () => {
        closed.resolve(undefined);
      });
      streamTo(request, response, [status("TASK_STATE_WORKING")], false);
    });
    const events = client(it.url).stream(call);
    expect((await events.next()).value).toMatchObject({ type: "status" });
    await events.return();
    await closed.promise;
  });

  it("is not an answer when the stream ends before one", async () => {
    const it = await agent((request, response) =>
      streamTo(request, response, [status("TASK_STATE_WORKING"), piece("It le")]),
    );
    await expect(eventsOf(client(it.url).stream(call))).rejects.toMatchObject({ code: "ERR_AGENT_ANSWER" });
  });

  it("leaves an agent alone after failures in a row", async () => {
    const it = await agent((_, response) => response.writeHead(500).end());
    const spared = client(it.url, { limits: { retries: 0, breakAfter: 2 } });
    await expect(spared.send(call)).rejects.toMatchObject({ code: "ERR_AGENT_ANSWER" });
    await expect(spared.send(call)).rejects.toMatchObject({ code: "ERR_AGENT_ANSWER" });
    await expect(spared.send(call)).rejects.toMatchObject({ code: "ERR_AGENT_UNAVAILABLE" });
    expect(it.requests).toHaveLength(2);
  });
});
