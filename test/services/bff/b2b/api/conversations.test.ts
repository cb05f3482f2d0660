import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contextTokenVerifier } from "../../../../../services/libraries/service-kit/tokens/context-token.ts";
import { callsOf, type Sent } from "./api-calls.ts";
import { type ApiFixture, apiFixture } from "./api-fixture.ts";

let it: ApiFixture;
beforeAll(async () => {
  it = await apiFixture();
});
afterAll(() => it.close());

const { send, fresh } = callsOf(() => it);

describe("a question to an agent", () => {
  const task = (state: string, more: object = {}) => ({
    id: "task-7",
    contextId: "conversation-7",
    status: { state },
    artifacts: [{ artifactId: "answer", parts: [{ text: "Two orders are open." }] }],
    ...more,
  });
  const ask = (sent: Sent = {}, once = fresh()) =>
    send("/v1/messages", {
      method: "POST",
      json: { text: "What is open?" },
      ...sent,
      headers: { "idempotency-key": once },
    });

  test("reaches it with who asks, and goes on in the same conversation, which no other partner can", async () => {
    it.agentTask = task("TASK_STATE_INPUT_REQUIRED");
    const answer = await ask();
    expect(answer).toMatchObject({ status: 200, json: { state: "input-required", text: "Two orders are open." } });
    const verify = contextTokenVerifier({
      issuer: "bff.acme-corp",
      audience: "agents",
      tenantId: "acme-corp",
      publicKeys: it.key.publicKeys,
    });
    const token = String(it.agent.requests.at(-1)?.headers["x-user-context"]);
    expect(await verify(token)).toMatchObject({
      tenantId: "acme-corp",
      kind: "partner",
      organizationId: "metal-works",
    });

    const { conversation } = answer.json;
    it.agentTask = task("TASK_STATE_COMPLETED");
    expect((await ask({ json: { text: "And shipped?", conversation } })).status).toBe(200);
    expect(it.agent.requests.at(-1)?.body).toMatchObject({
      params: { message: { contextId: "conversation-7", taskId: "task-7" } },
    });
    const asked = it.agent.requests.length;
    expect((await ask({ as: "paper-mill", json: { text: "And mine?", conversation } })).status).toBe(400);
    expect((await ask({ json: { text: "x", conversation: "conversation-7" } })).status).toBe(400);
    expect(it.agent.requests.length).toBe(asked);
  });

  test("is asked once, and its failure is told without its reasons", async () => {
    it.agentTask = task("TASK_STATE_COMPLETED");
    const once = fresh();
    const asked = it.agent.requests.length;
    expect((await ask({}, once)).text).toBe((await ask({}, once)).text);
    expect(it.agent.requests.length).toBe(asked + 1);
    it.agentTask = { nonsense: true };
    expect(await ask()).toMatchObject({ status: 502, json: { title: "The agent gave no answer that can be used" } });
  });
});
