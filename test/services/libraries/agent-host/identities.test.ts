import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AgentClient } from "../../../../services/libraries/agent-client/agent-client.ts";
import type { AgentWork, Turn } from "../../../../services/libraries/agent-host/turn.ts";
import { contextSigner } from "../../../../services/libraries/service-kit/tokens/context-signer.ts";
import { consumer, listeningAgent, tenantIdentity } from "./agents.ts";
import { caller, message, responsesOf } from "./rpc.ts";

const [acme, xyz] = [await tenantIdentity("acme-corp"), await tenantIdentity("xyz-gmbh")];
const turns: Turn[] = [];
const ended: string[] = [];

/** Notes who it works for; waits, fails or says much where the text says so. */
const work: AgentWork = async function* (turn) {
  turns.push(turn);
  const { text, signal } = turn;
  try {
    if (text === "wait")
      await new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("aborted"))));
    if (text === "deaf") await new Promise(() => undefined);
    if (text === "fail") throw new Error("the password is hunter2");
    yield { type: "text", text: "done" };
  } finally {
    ended.push(text);
  }
};

let agent: Awaited<ReturnType<typeof listeningAgent>>;
beforeAll(async () => {
  agent = await listeningAgent(acme, work, { limits: { callsOfOne: 2, bodyBytes: 20_000 } });
});
afterAll(() => agent.stop());

const refusedWith = async (changes: { readonly [header: string]: string }) => {
  const before = turns.length;
  const response = await (await caller(agent.url, acme, changes)).post("SendMessage", message("hello"));
  expect(turns.length).toBe(before);
  const { error } = (await response.json()) as { error: { data: [{ code: string }] } };
  expect(agent.audit.at(-1)).toMatchObject({ decision: "refused", refusal_code: error.data[0].code });
  return [response.status, error.data[0].code];
};

describe("a call without both identities of this tenant reaches no agent", () => {
  const bearer = async (token: Promise<string>) => ({ authorization: `Bearer ${await token}` });

  test("no token of a workload, or one of another scheme", async () => {
    expect(await refusedWith({ authorization: "" })).toEqual([401, "ERR_TOKEN_MISSING"]);
    expect(await refusedWith({ authorization: "Basic YTpi" })).toEqual([401, "ERR_TOKEN_MISSING"]);
  });

  test("a workload's token that is forged, of another tenant, too old, without the scope, or of a client that may not call", async () => {
    expect(await refusedWith(await bearer(xyz.workload()))).toEqual([401, "ERR_TOKEN_ISSUER"]);
    const stranger = { ...xyz, workload: () => xyz.workload({ iss: acmeIssuer, tenant_id: "acme-corp" }) };
    expect(await refusedWith(await bearer(stranger.workload()))).toEqual([401, "ERR_TOKEN_KEY_UNKNOWN"]);
    expect(await refusedWith(await bearer(acme.workload({ tenant_id: "xyz-gmbh" })))).toEqual([
      401,
      "ERR_TOKEN_TENANT",
    ]);
    const past = Math.floor(Date.now() / 1_000) - 3_600;
    expect(await refusedWith(await bearer(acme.workload({ iat: past, exp: past + 60 })))).toEqual([
      401,
      "ERR_TOKEN_EXPIRED",
    ]);
    expect(await refusedWith(await bearer(acme.workload({ scope: "b2c/mcp.read" })))).toEqual([403, "ERR_TOKEN_SCOPE"]);
    expect(await refusedWith(await bearer(acme.workload({ client_id: "intruder" })))).toEqual([
      401,
      "ERR_TOKEN_CLIENT",
    ]);
  });

  test("no context token, or one that is another tenant's, for an MCP server, forged, or of nobody", async () => {
    const context = (token: string) => refusedWith({ "x-user-context": token });
    expect(await context("")).toEqual([401, "ERR_TOKEN_MISSING"]);
    expect(await context(await xyz.context())).toEqual([401, "ERR_TOKEN_SIGNATURE"]);
    expect(await context(await acme.context({ tenantId: "xyz-gmbh" }))).toEqual([401, "ERR_TOKEN_TENANT"]);
    expect(await context(await acme.context({}, "mcp-database"))).toEqual([401, "ERR_TOKEN_AUDIENCE"]);
    const forged = contextSigner({ issuer: "bff.acme-corp", certify: xyz.bff.certify });
    expect(await context(await forged(consumer, "agents"))).toEqual([401, "ERR_TOKEN_SIGNATURE"]);
    const { tenantId, clientId, kind = "consumer", scopes } = consumer;
    const nobody = { tenantId, clientId, kind, scopes };
    const sign = contextSigner({ issuer: "bff.acme-corp", certify: acme.bff.certify });
    expect(await context(await sign(nobody, "agents"))).toEqual([401, "ERR_TOKEN_CLAIM"]);
    expect(await context(await sign({ ...nobody, kind: "partner" }, "agents"))).toEqual([401, "ERR_TOKEN_CLAIM"]);
  });

  test("a tenant in the message that is not the one of both identities", async () => {
    const it = await caller(agent.url, acme);
    const before = turns.length;
    const response = await it.post("SendMessage", { ...message("hello"), tenant: "xyz-gmbh" });
    expect([response.status, await response.json()]).toMatchObject([
      403,
      { error: { data: [{ code: "ERR_TENANT_MISMATCH" }] } },
    ]);
    expect(turns.length).toBe(before);
    expect((await it.rpc("SendMessage", { ...message("hello"), tenant: "acme-corp" })).result).toBeDefined();
  });

  test("a web page's request, and what is no call", async () => {
    const page = await (
      await caller(agent.url, acme, { origin: "https://example.com" })
    ).post("SendMessage", message("hello"));
    expect(page.status).toBe(403);
    const { headers } = await caller(agent.url, acme);
    expect((await fetch(agent.url, { headers })).status).toBe(405);
    expect((await fetch(new URL("/admin", agent.url), { headers })).status).toBe(404);
    expect((await fetch(new URL("/ping", agent.url))).status).toBe(200);
  });
});

const acmeIssuer = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_acme-corp";

describe("a call with both", () => {
  test("is told to the agent with its caller as verified, and to the audit without a word of it", async () => {
    const it = await caller(agent.url, acme, { "x-correlation-id": "correlation-7" });
    await it.rpc("SendMessage", message("my card is 4111 1111 1111 1111"));
    expect(turns.at(-1)).toMatchObject({ caller: consumer, correlationId: "correlation-7" });
    expect(agent.audit.at(-1)).toMatchObject({
      event_type: "a2a_request",
      decision: "allowed",
      correlation_id: "correlation-7",
      client_context: { agent_id: "bff-b2c", tenant_id: "acme-corp", user_id: "u-ana" },
      mcp_context: { server_name: "customer-support", method: "SendMessage" },
    });
    expect(JSON.stringify(agent.audit)).not.toContain("4111 1111");
  });

  test("sees no task of somebody else, nor of another kind of caller with the same id", async () => {
    const mine = (await (await caller(agent.url, acme)).rpc("SendMessage", message("hello"))).result?.["task"] as {
      id: string;
    };
    for (const change of [{ userId: "u-eve" }, { kind: "partner" as const, organizationId: "org-1" }]) {
      const other = await caller(agent.url, acme, { "x-user-context": await acme.context(change) });
      for (const method of ["GetTask", "CancelTask", "SubscribeToTask"])
        expect(await other.rpc(method, { id: mine.id })).toMatchObject({ error: { code: -32_001 } });
      expect(await other.rpc("SendMessage", message("x", { taskId: mine.id }))).toMatchObject({
        error: { code: -32_001 },
      });
    }
  });

  test("that fails tells the caller nothing of why, and the log everything", async () => {
    const it = await caller(agent.url, acme);
    const { result } = await it.rpc("SendMessage", message("fail"));
    expect(result).toMatchObject({ task: { status: { state: "TASK_STATE_FAILED" } } });
    expect(JSON.stringify(result)).not.toContain("hunter2");
    expect(String((agent.logged.at(-1) as { error: Error }).error)).toContain("hunter2");
  });

  test("beyond what one may have at the same time is refused, and another's is not", async () => {
    const it = await caller(agent.url, acme, { "x-user-context": await acme.context({ userId: "u-busy" }) });
    const background = { ...message("wait"), configuration: { returnImmediately: true } };
    const begun = [
      await it.rpc("SendMessage", background),
      await it.rpc("SendMessage", { ...background, ...message("wait") }),
    ];
    expect((await it.post("SendMessage", message("hello"))).status).toBe(429);
    expect((await (await caller(agent.url, acme)).post("SendMessage", message("hello"))).status).toBe(200);
    for (const { result } of begun) await it.rpc("CancelTask", { id: (result?.["task"] as { id: string }).id });
    expect((await it.post("SendMessage", message("hello"))).status).toBe(200);
  });

  test("that is larger than a message may be is refused", async () => {
    const it = await caller(agent.url, acme);
    expect((await it.post("SendMessage", message("x".repeat(30_000)))).status).toBe(413);
  });

  test("ends with its caller: the work is told at once, and the task is kept as cancelled", async () => {
    const it = await caller(agent.url, acme);
    const leaving = new AbortController();
    const stream = responsesOf(await it.post("SendStreamingMessage", message("wait"), leaving.signal));
    const { id } = (await stream.next()).value?.result?.["task"] as { readonly id: string };
    leaving.abort();
    await expect
      .poll(async () => (await it.rpc("GetTask", { id })).result?.["status"], { timeout: 50_000 })
      .toMatchObject({ state: "TASK_STATE_CANCELED" });
    expect(ended).toContain("wait");
  });

  test("ends with its deadline, even where the work does not listen", async () => {
    const it = await caller(agent.url, acme, { "x-deadline-ms": "50" });
    expect((await it.rpc("SendMessage", message("deaf"))).result).toMatchObject({
      task: {
        status: {
          state: "TASK_STATE_FAILED",
          message: { metadata: { "https://alicerce.dev/a2a/problem/v1": { code: "ERR_DEADLINE" } } },
        },
      },
    });
  });

  test("is understood by our own client", async () => {
    const client = new AgentClient({
      url: agent.url,
      tenantId: "acme-corp",
      machineToken: async () => ({ access_token: await acme.workload() }),
    });
    const userContext = await acme.context();
    const answer = await client.send({ text: "hello", userContext });
    expect(answer).toMatchObject({ state: "completed", text: "done" });
    const types: string[] = [];
    for await (const event of client.stream({ text: "hello", userContext })) types.push(event.type);
    expect(types).toEqual(["status", "status", "text", "final"]);
    await expect(client.send({ text: "hello", userContext: await xyz.context() })).rejects.toMatchObject({
      code: "ERR_AGENT_REFUSED",
    });
  });
});
