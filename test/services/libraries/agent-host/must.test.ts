import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AgentWork } from "../../../../services/libraries/agent-host/turn.ts";
import { listeningAgent, tenantIdentity } from "./agents.ts";
import { allOf, caller, message, responsesOf, restOf } from "./rpc.ts";

/** An agent that does what the text of a message says. */
const work: AgentWork = async function* ({ text, data, signal }) {
  if (text === "wait") {
    yield { type: "text", text: "It takes a while. " };
    await new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("aborted"))));
  }
  if (text === "ask") yield { type: "end", state: "input-required", text: "Which order?" };
  if (text === "step up") yield { type: "end", state: "auth-required", text: "Sign in once more." };
  if (text === "reject") yield { type: "end", state: "rejected", text: "That is not for me.", code: "ERR_NOT_MINE" };
  if (data.length > 0) yield { type: "data", data: data[0] };
  yield { type: "text", text: `You said: ${text}` };
};

const identity = await tenantIdentity("acme-corp");
let agent: Awaited<ReturnType<typeof listeningAgent>>;
let it: Awaited<ReturnType<typeof caller>>;

beforeAll(async () => {
  agent = await listeningAgent(identity, work);
  it = await caller(agent.url, identity);
});
afterAll(() => agent.stop());

const finished = async (text = "hello"): Promise<{ readonly id: string; readonly contextId: string }> => {
  const { result } = await it.rpc("SendMessage", message(text));
  return result?.["task"] as { id: string; contextId: string };
};

/** A task that works on until it is cancelled. */
const working = async (): Promise<{ readonly id: string; readonly contextId: string }> => {
  const { result } = await it.rpc("SendMessage", { ...message("wait"), configuration: { returnImmediately: true } });
  return result?.["task"] as { id: string; contextId: string };
};

const UNKNOWN = "00000000-0000-4000-8000-000000000000";

describe("what A2A 1.0 says an agent must do, by the requirement ids of its technology compatibility kit", () => {
  test("CORE-SEND-001: SendMessage answers with a task or a message", async () => {
    const { result, id } = await it.rpc("SendMessage", message("hello"));
    expect(id).toBe(1);
    expect(result).toMatchObject({
      task: { status: { state: "TASK_STATE_COMPLETED" }, artifacts: [{ parts: [{ text: "You said: hello" }] }] },
    });
  });

  test("CORE-SEND-002: a message to a task that has ended is refused", async () => {
    const { id: taskId } = await finished();
    expect(await it.rpc("SendMessage", message("more", { taskId }))).toMatchObject({ error: { code: -32_004 } });
  });

  test.each([
    ["another media type", { text: "x", mediaType: "application/pdf" }],
    ["a file", { raw: "aGVsbG8=", mediaType: "text/plain" }],
    ["a file elsewhere", { url: "https://example.com/x.txt", mediaType: "text/plain" }],
  ])("CORE-SEND-003: %s is refused", async (_, part) => {
    expect(await it.rpc("SendMessage", message("", { parts: [part] }))).toMatchObject({ error: { code: -32_005 } });
  });

  test("CORE-STREAM-001, CORE-STREAM-003, STREAM-ORDER-001: a stream begins with the task and ends with its end", async () => {
    const response = await it.post("SendStreamingMessage", message("hello"));
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const all = (await allOf(response)).map((one) => one.result ?? {});
    expect(all.map((one) => Object.keys(one)[0])).toEqual(["task", "statusUpdate", "artifactUpdate", "statusUpdate"]);
    expect(all.at(-1)).toMatchObject({ statusUpdate: { status: { state: "TASK_STATE_COMPLETED" } } });
  });

  test("CORE-GET-001, CORE-GET-002: a task is told as it stands; an unknown one is not found", async () => {
    const { id } = await finished();
    expect(await it.rpc("GetTask", { id })).toMatchObject({
      result: { id, status: { state: "TASK_STATE_COMPLETED" } },
    });
    expect(await it.rpc("GetTask", { id: UNKNOWN })).toMatchObject({ error: { code: -32_001 } });
  });

  test("CORE-LIST-001 to 005: lists hold the caller's tasks alone, newest first, by pages, without artifacts", async () => {
    const other = await caller(agent.url, identity, {
      "x-user-context": await identity.context({ userId: "u-other" }),
    });
    const own = [await finished(), await finished(), await finished()].map(({ id }) => id);
    expect((await other.rpc("ListTasks", {})).result).toMatchObject({ tasks: [], nextPageToken: "" });
    const first = (await it.rpc("ListTasks", { pageSize: 2 })).result;
    expect(first?.["tasks"]).toHaveLength(2);
    expect(first?.["nextPageToken"]).not.toBe("");
    const seen: string[] = [];
    const times: string[] = [];
    for (let pageToken: string | undefined = ""; pageToken !== undefined;) {
      const { result } = await it.rpc("ListTasks", { pageSize: 2, pageToken });
      for (const task of result?.["tasks"] as { id: string; status: { timestamp: string }; artifacts?: unknown[] }[]) {
        seen.push(task.id);
        times.push(task.status.timestamp);
        expect(task.artifacts ?? []).toEqual([]);
      }
      pageToken = result?.["nextPageToken"] === "" ? undefined : String(result?.["nextPageToken"]);
    }
    expect(seen).toEqual(expect.arrayContaining(own));
    expect(new Set(seen).size).toBe(seen.length);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  test("CORE-CANCEL-001 to 003: a task is cancelled while it works, and only then", async () => {
    const { id } = await working();
    expect(await it.rpc("CancelTask", { id })).toMatchObject({
      result: { id, status: { state: "TASK_STATE_CANCELED" } },
    });
    expect(await it.rpc("CancelTask", { id: (await finished()).id })).toMatchObject({ error: { code: -32_002 } });
    expect(await it.rpc("CancelTask", { id: UNKNOWN })).toMatchObject({ error: { code: -32_001 } });
  });

  test.each([
    ["ask", "TASK_STATE_INPUT_REQUIRED", "Which order?"],
    ["step up", "TASK_STATE_AUTH_REQUIRED", "Sign in once more."],
    ["reject", "TASK_STATE_REJECTED", "That is not for me."],
  ])("CORE-EXECUTION-MODE-001: an answer waits for the end, or for what interrupts: %s", async (text, state, words) => {
    expect((await it.rpc("SendMessage", message(text))).result).toMatchObject({
      task: { status: { state, message: { parts: [{ text: words }] } } },
    });
  });

  test("CORE-EXECUTION-MODE-002: an answer that shall not wait comes while the agent works", async () => {
    const { id } = await working();
    expect((await it.rpc("GetTask", { id })).result?.["status"]).toMatchObject({ state: "TASK_STATE_WORKING" });
    await it.rpc("CancelTask", { id });
  });

  test.each([
    ["no message", {}],
    ["no id of the message", { message: { role: "ROLE_USER", parts: [{ text: "x" }] } }],
    ["no parts", { message: { messageId: "m", role: "ROLE_USER", parts: [] } }],
    ["a part that holds nothing", { message: { messageId: "m", role: "ROLE_USER", parts: [{}] } }],
    ["an id with blanks", { message: { messageId: "m\n m", role: "ROLE_USER", parts: [{ text: "x" }] } }],
    ["a list in place of an object", { message: [] }],
  ])("CORE-ERR-001, CORE-ERR-002: %s is refused before anything is done", async (_, params) => {
    const { error } = await it.rpc("SendMessage", params);
    expect([-32_602, -32_600]).toContain(error?.code);
  });

  test("CORE-CAP-001, CORE-CAP-003, CARD-EXT-002: what the card does not offer is refused", async () => {
    const config = { taskId: (await finished()).id, url: "http://169.254.169.254/latest/meta-data/" };
    expect(await it.rpc("CreateTaskPushNotificationConfig", config)).toMatchObject({ error: { code: -32_003 } });
    expect((await it.rpc("GetExtendedAgentCard")).error?.code).toBe(-32_004);
  });

  test("CORE-MULTI-001a, 003, 005, 006: the conversation is told, a task goes on in its own, and in no other", async () => {
    const { id: taskId, contextId } = await finished("ask");
    expect(contextId).not.toBe("");
    const goesOn = (await it.rpc("SendMessage", message("the blue one", { taskId }))).result;
    expect(goesOn).toMatchObject({ task: { id: taskId, contextId, status: { state: "TASK_STATE_COMPLETED" } } });
    const asked = await finished("ask");
    expect(asked.id).not.toBe(taskId);
    const elsewhere = message("the red one", { taskId: asked.id, contextId: "another" });
    expect((await it.rpc("SendMessage", elsewhere)).error?.code).toBe(-32_602);
  });

  test("CORE-MULTI-004: a message to an unknown task is refused", async () => {
    expect(await it.rpc("SendMessage", message("x", { taskId: UNKNOWN }))).toMatchObject({ error: { code: -32_001 } });
  });

  test("CORE-HIST-002: no more of the history than was asked for", async () => {
    const { id } = await finished();
    const { result } = await it.rpc("GetTask", { id, historyLength: 1 });
    expect(((result?.["history"] as unknown[] | undefined) ?? []).length).toBeLessThanOrEqual(1);
  });

  test.each([
    ["VER-SERVER-002", "2.0"],
    ["VER-SERVER-002", "1.0.0.0"],
    ["VER-SERVER-003", ""],
  ])("%s: version %j is refused", async (_, version) => {
    const older = await caller(agent.url, identity, { "a2a-version": version });
    expect(await older.rpc("SendMessage", message("x"))).toMatchObject({ error: { code: -32_009 } });
  });

  test("VER-CLIENT-002: a patch of the version changes nothing", async () => {
    const patched = await caller(agent.url, identity, { "a2a-version": "1.0.7" });
    expect(await patched.rpc("SendMessage", message("x"))).toHaveProperty("result");
  });

  test("STREAM-SUB-001, 002, STREAM-ORDER-002, 003: who watches a task sees it, and then the same as everybody", async () => {
    const { id } = await working();
    // What comes before somebody watches is in the task that they are shown first.
    await expect
      .poll(async () => (await it.rpc("GetTask", { id })).result?.["artifacts"], { timeout: 50_000 })
      .toHaveLength(1);
    const [first, second] = [await it.post("SubscribeToTask", { id }), await it.post("SubscribeToTask", { id })];
    const [one, two] = [responsesOf(first), responsesOf(second)];
    expect((await one.next()).value?.result).toHaveProperty("task");
    expect((await two.next()).value?.result).toHaveProperty("task");
    await it.rpc("CancelTask", { id });
    const [seen, same] = [await restOf(one), await restOf(two)];
    expect(seen.at(-1)?.result).toMatchObject({ statusUpdate: { status: { state: "TASK_STATE_CANCELED" } } });
    expect(same).toEqual(seen);
  });

  test("STREAM-SUB-003, STREAM-SUB-004: a task that has ended, or that nobody knows, cannot be watched", async () => {
    expect(await it.rpc("SubscribeToTask", { id: (await finished()).id })).toMatchObject({ error: { code: -32_004 } });
    expect(await it.rpc("SubscribeToTask", { id: UNKNOWN })).toMatchObject({ error: { code: -32_001 } });
  });

  test("STREAM-ORDER-004: closing one stream does not affect others", async () => {
    const leaving = new AbortController();
    const begun = responsesOf(await it.post("SendStreamingMessage", message("wait"), leaving.signal));
    const { id } = (await begun.next()).value?.result?.["task"] as { readonly id: string };
    const watching = responsesOf(await it.post("SubscribeToTask", { id }));
    await watching.next();
    leaving.abort();
    expect((await it.rpc("GetTask", { id })).result?.["status"]).toMatchObject({ state: "TASK_STATE_WORKING" });
    await it.rpc("CancelTask", { id });
    expect((await restOf(watching)).at(-1)?.result).toMatchObject({
      statusUpdate: { status: { state: "TASK_STATE_CANCELED" } },
    });
  });

  test("CARD-DISC-001, CARD-PROTO-001, CARD-PROTO-002, CARD-STRUCT-001: the card is there, and whole", async () => {
    const response = await fetch(new URL("/.well-known/agent-card.json", agent.url));
    expect(response.headers.get("cache-control")).toContain("max-age");
    expect(await response.json()).toMatchObject({
      name: "customer-support",
      version: "1.0.0",
      supportedInterfaces: [{ protocolBinding: "JSONRPC", protocolVersion: "1.0", url: "http://customer-support/" }],
      capabilities: { streaming: true },
      defaultInputModes: ["text/plain", "application/json"],
      skills: [{ id: "orders" }],
    });
  });

  test.each([
    ["JSONRPC-ERR-001", "no JSON", "{", -32_700],
    ["JSONRPC-ERR-001", "no request", "{}", -32_600],
    ["JSONRPC-ERR-001", "a batch", "[]", -32_600],
    ["JSONRPC-ERR-002", "an unknown method", '{"jsonrpc":"2.0","id":1,"method":"Nothing","params":{}}', -32_601],
    [
      "JSONRPC-FMT-001",
      "another version of JSON-RPC",
      '{"jsonrpc":"1.0","id":1,"method":"GetTask","params":{}}',
      -32_600,
    ],
    [
      "JSONRPC-FMT-001",
      "a name twice",
      '{"jsonrpc":"2.0","id":1,"method":"GetTask","method":"X","params":{}}',
      -32_700,
    ],
  ])("%s: %s is refused", async (_, __, body, code) => {
    const response = await fetch(agent.url, { method: "POST", headers: it.headers, body });
    expect(await response.json()).toMatchObject({ jsonrpc: "2.0", error: { code } });
  });
});
