import type { ListTasksRequest, ListTasksResponse, Task } from "@a2a-js/sdk";
import { InMemoryTaskStore, type ServerCallContext } from "@a2a-js/sdk/server";

/** How many tasks of one owner are kept, and for how long, in milliseconds. */
export interface TaskRetention {
  readonly tasksOfOne: number;
  readonly keptMs: number;
}

/** A hundred tasks, for a day. */
export const TASK_RETENTION: TaskRetention = { tasksOfOne: 100, keptMs: 86_400_000 };

/** A page of tasks as the SDK filters, sorts and cuts them. */
export async function listed(
  tasks: readonly Task[],
  params: ListTasksRequest,
  context: ServerCallContext,
): Promise<ListTasksResponse> {
  const store = new InMemoryTaskStore();
  for (const task of tasks) await store.save(task, context);
  return store.list(params, context);
}
