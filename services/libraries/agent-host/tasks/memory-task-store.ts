import type { ListTasksRequest, ListTasksResponse, Task } from "@a2a-js/sdk";
import type { ServerCallContext, TaskStore } from "@a2a-js/sdk/server";
import { BoundedCache } from "../../service-kit/bounded-cache.ts";
import { listed, TASK_RETENTION, type TaskRetention } from "./listing.ts";

const OWNERS_KNOWN = 10_000;

interface Kept {
  readonly task: Task;
  readonly at: number;
}

/** Tasks in the memory of one process, for laptops and tests: a task is gone when the process is. Each owner sees its own alone. */
export class MemoryTaskStore implements TaskStore {
  private readonly owners: BoundedCache<Map<string, Kept>>;
  private readonly retention: TaskRetention;
  private readonly now: () => number;

  constructor(retention: TaskRetention = TASK_RETENTION, now: () => number = Date.now) {
    this.retention = retention;
    this.now = now;
    this.owners = new BoundedCache(OWNERS_KNOWN, now);
  }

  save(task: Task, context: ServerCallContext): Promise<void> {
    const tasks = this.of(context);
    tasks.delete(task.id);
    tasks.set(task.id, { task: structuredClone(task), at: this.now() });
    for (const [id, { at }] of tasks) {
      if (tasks.size <= this.retention.tasksOfOne && this.now() - at < this.retention.keptMs) break;
      tasks.delete(id);
    }
    return Promise.resolve();
  }

  load(taskId: string, context: ServerCallContext): Promise<Task | undefined> {
    const kept = this.of(context).get(taskId);
    const isOld = kept === undefined || this.now() - kept.at >= this.retention.keptMs;
    return Promise.resolve(isOld ? undefined : structuredClone(kept.task));
  }

  list(params: ListTasksRequest, context: ServerCallContext): Promise<ListTasksResponse> {
    const young = [...this.of(context).values()].filter(({ at }) => this.now() - at < this.retention.keptMs);
    return listed(
      young.map((it) => it.task),
      params,
      context,
    );
  }

  private of({ tenant, user }: ServerCallContext): Map<string, Kept> {
    const key = JSON.stringify([tenant ?? null, user?.userName ?? null]);
    const tasks = this.owners.get(key) ?? new Map<string, Kept>();
    this.owners.set(key, tasks, this.retention.keptMs);
    return tasks;
  }
}
