import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AGENT_HEADER } from "../../../../contracts/agents/identity.ts";
import type { AgentWork } from "../../../../services/libraries/agent-host/turn.ts";
import { callByPython, type PythonAnswer, type PythonCall } from "../agent-client/a2a-python.ts";
import { hasPython } from "../../../support/python-client.ts";
import { listeningAgent, tenantIdentity } from "./agents.ts";

// eslint-disable-next-line @typescript-eslint/require-await -- work that waits for nothing
const work: AgentWork = async function* ({ text }) {
  if (text === "ask") yield { type: "end", state: "input-required", text: "Which order?" };
  yield { type: "text", text: `You said: ${text}` };
};

describe.skipIf(!hasPython("the A2A SDK for Python"))("the client of the A2A SDK for Python", () => {
  let agent: Awaited<ReturnType<typeof listeningAgent>>;
  let identity: Awaited<ReturnType<typeof tenantIdentity>>;
  beforeAll(async () => {
    identity = await tenantIdentity("acme-corp");
    agent = await listeningAgent(identity, work);
  });
  afterAll(() => agent.stop());

  const headers = async (): Promise<PythonCall["headers"]> => ({
    authorization: `Bearer ${await identity.workload()}`,
    [AGENT_HEADER.userContext]: await identity.context(),
  });
  const call = async (it: PythonCall["call"], changes: Partial<PythonCall> = {}): Promise<PythonAnswer> =>
    callByPython({
      url: agent.url,
      headers: await headers(),
      version: "1.0",
      streaming: false,
      call: it,
      ...changes,
    });
  const send = (text: string, changes: Partial<PythonCall> = {}): Promise<PythonAnswer> =>
    call({ method: "send", text }, changes);

  test("finds one of our agents by its card, and reads its answer in 1.0", async () => {
    const { name, answers } = await send("hello");
    expect(name).toBe("customer-support");
    expect(answers).toMatchObject([
      { task: { status: { state: "TASK_STATE_COMPLETED" }, artifacts: [{ parts: [{ text: "You said: hello" }] }] } },
    ]);
  });

  test("reads a stream to its end", async () => {
    const { answers = [] } = await send("hello", { streaming: true });
    expect(answers.length).toBeGreaterThan(2);
    expect(answers[0]).toHaveProperty("task");
    expect(JSON.stringify(answers)).toContain("You said: hello");
    expect(answers.at(-1)).toMatchObject({ statusUpdate: { status: { state: "TASK_STATE_COMPLETED" } } });
  });

  test("learns what the agent wants to know, and asks for the task later", async () => {
    const { answers = [] } = await send("ask");
    const { task } = answers[0] as { readonly task: { readonly id: string } };
    expect(task).toMatchObject({ status: { state: "TASK_STATE_INPUT_REQUIRED" } });
    const later = await call({ method: "get", id: task.id });
    expect(later.answers).toMatchObject([{ id: task.id, status: { state: "TASK_STATE_INPUT_REQUIRED" } }]);
    // It waits for its caller and does not work: there is nothing to end.
    expect(await call({ method: "cancel", id: task.id })).toMatchObject({ refused: "TaskNotCancelableError" });
  });

  test("is refused without the person, without the workload, and for a task that is not there", async () => {
    const all = await headers();
    for (const missing of ["authorization", AGENT_HEADER.userContext]) {
      const rest = Object.fromEntries(Object.entries(all).filter(([name]) => name !== missing));
      const { answers, message } = await send("hello", { headers: rest });
      expect(answers).toBeUndefined();
      expect(message).toContain("401");
    }
    const unknown = await call({ method: "get", id: "00000000-0000-4000-8000-000000000000" });
    expect(unknown).toMatchObject({ refused: "TaskNotFoundError" });
  });

  test("of 0.3 is told that its version is not served", async () => {
    const { answers, message = "" } = await send("hello", { version: "0.3" });
    expect(answers).toBeUndefined();
    expect(message).toContain("0.3");
  });
});
