import { randomUUID } from "node:crypto";
import { type ListTasksRequest, type Task, TaskState } from "@a2a-js/sdk";
import { ServerCallContext } from "@a2a-js/sdk/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LONGEST_CALL_MS } from "../../../../contracts/agents/identity.ts";
import { DynamoTasks } from "../../../../services/libraries/agent-host/tasks/dynamo-tasks.ts";
import { KeptTasks } from "../../../../services/libraries/agent-host/tasks/kept-tasks.ts";
import { TASK_RETENTION } from "../../../../services/libraries/agent-host/tasks/listing.ts";
import type { AgentWork } from "../../../../services/libraries/agent-host/turn.ts";
import { KeyedItems } from "../../../../services/libraries/keyed-items/keyed-items.ts";
import { keyedTables } from "../../../support/tables/keyed-tables.ts";
import { listeningAgent, tenantIdentity } from "./agents.ts";
import { caller, message } from "./rpc.ts";

const TABLE = `tasks-${randomUUID()}`;
let tables: Awaited<ReturnType<typeof keyedTables>>;
beforeAll(async () => {
  tables = await keyedTables();
  await tables.make(TABLE, { hasParts: true });
});
afterAll(() => tables.close());

/** What a process of the agent knows, once it has started. */
const processOf = (now?: () => number) => new KeptTasks(new DynamoTasks(new KeyedItems(tables.client, TABLE)), now);
const contextOf = (tenant: string, userName: string) =>
  new ServerCallContext({ tenant, user: { isAuthenticated: true, userName } });
const ana = contextOf("acme-corp", "u-ana");

const task = (state: TaskState, more: Partial<Task> = {}): Task => ({
  id: randomUUID(),
  contextId: "conversation",
  status: { state, message: undefined, timestamp: new Date().toISOString() },
  artifacts: [],
  history: [],
  metadata: undefined,
  ...more,
});
const saying = (text: string): Task["artifacts"] => [
  {
    artifactId: "answer",
    ...{ name: "", description: "", metadata: undefined, extensions: [] },
    parts: [{ content: { $case: "text", value: text }, metadata: undefined, filename: "", mediaType: "" }],
  },
];
const listing = { tenant: "", contextId: "", pageToken: "", status: 0 } as unknown as ListTasksRequest;

describe("a task of an agent in the cloud", () => {
  it("is found after its process ended, by whom it is of alone", async () => {
    const identity = await tenantIdentity("acme-corp");
    const work: AgentWork = async function* () {
      await Promise.resolve();
      yield { type: "text", text: "Order 7 is on its way." };
    };
    const first = await listeningAgent(identity, work, { tasks: processOf() });
    const sent = await (await caller(first.url, identity)).rpc("SendMessage", message("Where is it?"));
    const { id } = (sent.result as { task: { id: string } }).task;
    await first.stop();

    const second = await listeningAgent(identity, work, { tasks: processOf() });
    const own = await caller(second.url, identity);
    expect(await own.rpc("GetTask", { id })).toMatchObject({
      result: {
        id,
        status: { state: "TASK_STATE_COMPLETED" },
        artifacts: [{ parts: [{ text: "Order 7 is on its way." }] }],
      },
    });
    expect(JSON.stringify(await own.rpc("ListTasks", {}))).toContain(id);
    const other = await caller(second.url, identity, { "x-user-context": await identity.context({ userId: "u-ben" }) });
    expect(await other.rpc("GetTask", { id })).toMatchObject({ error: { code: -32_001 } });
    expect(JSON.stringify(await other.rpc("ListTasks", {}))).not.toContain(id);
    expect(await other.rpc("CancelTask", { id })).toMatchObject({ error: { code: -32_001 } });
    await second.stop();
  });

  it("is of one tenant and one person", async () => {
    const it = task(TaskState.TASK_STATE_COMPLETED);
    await processOf().save(it, ana);
    for (const context of [contextOf("xyz-gmbh", "u-ana"), contextOf("acme-corp", "u-ben"), contextOf("acme-corp", "")])
      expect(await processOf().load(it.id, context)).toBeUndefined();
    expect((await processOf().load(it.id, ana))?.id).toBe(it.id);
  });

  it("is not readable in the table by whom it is of", async () => {
    await processOf().save(task(TaskState.TASK_STATE_COMPLETED), ana);
    expect((await tables.keysOf(TABLE)).join()).not.toMatch(/acme-corp|u-ana/);
  });

  it("is written at once when it ends, and not for each piece of what is said", async () => {
    let now = Date.now();
    const here = processOf(() => now);
    const began = task(TaskState.TASK_STATE_WORKING);
    const elsewhere = async () => (await processOf().load(began.id, ana))?.artifacts.length;
    await here.save(began, ana);
    const said = { ...began, artifacts: saying("Order") };
    await here.save(said, ana);
    expect([(await here.load(began.id, ana))?.artifacts.length, await elsewhere()]).toEqual([1, 0]);
    now += 2_000;
    await here.save(said, ana);
    expect(await elsewhere()).toBe(1);
    const status = { ...began.status!, state: TaskState.TASK_STATE_INPUT_REQUIRED };
    await here.save({ ...said, artifacts: [...saying("Order"), ...saying("7")], status }, ana);
    expect(await elsewhere()).toBe(2);
  });

  it("that ran in a process that is gone has failed, once no call can take so long", async () => {
    const lost = task(TaskState.TASK_STATE_WORKING, { artifacts: saying("Order") });
    await processOf().save(lost, ana);
    const later = (ms: number) => processOf(() => Date.now() + ms);
    expect((await later(LONGEST_CALL_MS).load(lost.id, ana))?.status?.state).toBe(TaskState.TASK_STATE_WORKING);
    const found = await later(2 * LONGEST_CALL_MS + 1_000).load(lost.id, ana);
    expect(found?.status).toMatchObject({ state: TaskState.TASK_STATE_FAILED });
    expect(JSON.stringify(found?.status?.message?.metadata)).toContain("ERR_TASK_LOST");
    expect(found?.artifacts).toEqual(lost.artifacts);
    const { tasks } = await later(2 * LONGEST_CALL_MS + 1_000).list(listing, ana);
    expect(tasks.find(({ id }) => id === lost.id)?.status?.state).toBe(TaskState.TASK_STATE_FAILED);
  });

  it("is forgotten after a day, also while it is still in the table", async () => {
    const old = task(TaskState.TASK_STATE_COMPLETED);
    await processOf(() => Date.now() - TASK_RETENTION.keptMs - 1_000).save(old, ana);
    expect(await processOf().load(old.id, ana)).toBeUndefined();
    const [item] = (await tables.itemsOf(TABLE)).filter((it) => it["part"]?.["S"] === old.id);
    expect(Number(item?.["expire"]?.["N"])).toBeLessThanOrEqual(Math.ceil(Date.now() / 1_000));
  });

  it("that is too large for an item is kept without what was said", async () => {
    const noise = Array.from({ length: 20_000 }, () => randomUUID()).join("");
    const large = task(TaskState.TASK_STATE_COMPLETED, { artifacts: saying(noise) });
    await processOf().save(large, ana);
    expect(await processOf().load(large.id, ana)).toMatchObject({ id: large.id, artifacts: [] });
    const wide = task(TaskState.TASK_STATE_COMPLETED, { artifacts: saying("order ".repeat(100_000)) });
    await processOf().save(wide, ana);
    expect((await processOf().load(wide.id, ana))?.artifacts).toEqual(wide.artifacts);
  });
});
