import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AgentClient } from "../../../../services/libraries/agent-client/agent-client.ts";
import type { AgentEvent } from "../../../../services/libraries/agent-client/agent-event.ts";
import { pythonAgent } from "./a2a-python.ts";
import { hasPython } from "../../../support/python-client.ts";

describe.skipIf(!hasPython("the A2A SDK for Python"))("an agent of the A2A SDK for Python", () => {
  let agent: Awaited<ReturnType<typeof pythonAgent>>;
  let client: AgentClient;
  beforeAll(async () => {
    agent = await pythonAgent();
    client = new AgentClient({
      url: agent.url,
      tenantId: "acme-corp",
      machineToken: () => Promise.resolve({ access_token: "machine.token.one" }),
      limits: { retries: 0 },
    });
  });
  afterAll(() => agent.stop());

  const send = (text: string, more: object = {}) => client.send({ text, userContext: "context.token.one", ...more });

  it("is understood in 1.0: its text and its data, of a task and of a message without one", async () => {
    expect(await send("hello")).toMatchObject({
      state: "completed",
      text: "You said: hello",
      data: [{ said: "hello" }],
    });
    expect(await send("message")).toMatchObject({ state: "completed", text: "No task for that." });
    expect(await send("reject")).toMatchObject({ state: "rejected" });
  });

  it("is understood while it streams", async () => {
    const events: AgentEvent[] = [];
    for await (const event of client.stream({ text: "hello", userContext: "context.token.one" })) events.push(event);
    expect(events.at(-1)).toMatchObject({
      type: "final",
      answer: { state: "completed", text: "You said: hello", data: [{ said: "hello" }] },
    });
  });

  it("goes on with a conversation in which it asked", async () => {
    const asked = await send("ask");
    expect(asked).toMatchObject({ state: "input-required" });
    const { taskId, contextId } = asked;
    expect(await send("ord-1001", { taskId, contextId })).toMatchObject({
      ...{ state: "completed", taskId, contextId },
      text: expect.stringContaining("You said: ord-1001") as string,
    });
  });
});
