import { AGENT_PROBLEM } from "../../../../contracts/agents/events.ts";
import { LONGEST_CALL_MS } from "../../../../contracts/agents/identity.ts";
import { type ListTasksRequest, type ListTasksResponse, Role, type Task, TaskState } from "@a2a-js/sdk";
import type { ServerCallContext, TaskStore } from "@a2a-js/sdk/server";
import { listed } from "./listing.ts";

/** A task as it is kept, and when that was, in milliseconds since 1970. */
export interface KeptTask {
  readonly task: Task;
  readonly at: number;
}

/** Where the tasks of one agent outlive its processes; an owner is a tenant with a person, a partner or a machine. */
export interface TaskShelf {
  put(owner: string, kept: KeptTask): Promise<void>;
  get(owner: string, id: string): Promise<KeptTask | undefined>;
  all(owner: string): Promise<readonly KeptTask[]>;
}

/** A task that runs is written this often, however much an agent says in between; each other state is written at once. */
const WRITTEN_EVERY_MS = 2_000;

/** A task that runs and of which nobody wrote for longer than any call takes has lost its process. */
const LOST_AFTER_MS = 2 * LONGEST_CALL_MS;

const RUNNING: readonly TaskState[] = [TaskState.TASK_STATE_SUBMITTED, TaskState.TASK_STATE_WORKING];

/** Tasks that are found after their process ended, by whom they are of alone: what runs here is in memory, and all of it on the shelf. */
export class KeptTasks implements TaskStore {
  private readonly shelf: TaskShelf;
  private readonly now: () => number;
  /** What runs in this process, with the time at which it was last written. */
  private readonly running = new Map<string, KeptTask>();

  constructor(shelf: TaskShelf, now: () => number = Date.now) {
    this.shelf = shelf;
    this.now = now;
  }

  async save(task: Task, context: ServerCallContext): Promise<void> {
    const [owner, at] = [ownerIn(context), this.now()];
    const key = keyOf(owner, task.id);
    const written = this.running.get(key)?.at;
    const copy = structuredClone(task);
    if (isRunning(task) && written !== undefined && at - written < WRITTEN_EVERY_MS) {
      this.running.set(key, { task: copy, at: written });
      return;
    }
    await this.shelf.put(owner, { task: copy, at });
    if (isRunning(task)) this.running.set(key, { task: copy, at });
    else this.running.delete(key);
  }

  async load(taskId: string, context: ServerCallContext): Promise<Task | undefined> {
    const owner = ownerIn(context);
    const here = this.running.get(keyOf(owner, taskId));
    if (here !== undefined) return structuredClone(here.task);
    const kept = await this.shelf.get(owner, taskId);
    return kept && this.asItIs(kept);
  }

  async list(params: ListTasksRequest, context: ServerCallContext): Promise<ListTasksResponse> {
    const owner = ownerIn(context);
    const all = await this.shelf.all(owner);
    const tasks = all.map((it) => this.running.get(keyOf(owner, it.task.id))?.task ?? this.asItIs(it));
    return listed(tasks, params, context);
  }

  /** A task whose process is gone does not run for ever. */
  private asItIs({ task, at }: KeptTask): Task {
    if (!isRunning(task) || this.now() - at < LOST_AFTER_MS) return task;
    const message = {
      ...{ messageId: `${task.id}-lost`, contextId: task.contextId, taskId: task.id, role: Role.ROLE_AGENT },
      ...{ parts: [], extensions: [], referenceTaskIds: [], metadata: { [AGENT_PROBLEM]: { code: "ERR_TASK_LOST" } } },
    };
    return {
      ...task,
      status: { state: TaskState.TASK_STATE_FAILED, message, timestamp: new Date(at).toISOString() },
    };
  }
}

function isRunning({ status }: Task): boolean {
  return status !== undefined && RUNNING.includes(status.state);
}

function ownerIn({ tenant, user }: ServerCallContext): string {
  return JSON.stringify([tenant ?? null, user?.userName ?? null]);
}

function keyOf(owner: string, id: string): string {
  return JSON.stringify([owner, id]);
}
