import type { Message } from "@a2a-js/sdk";
import type { AgentExecutor, ExecutionEventBus, RequestContext } from "@a2a-js/sdk/server";
import { Problem } from "../service-kit/problem.ts";
import { callOf } from "./call.ts";
import { Publisher } from "./publisher.ts";
import { ownerOf } from "./identities.ts";
import type { AgentWork, Turn, TurnEnd } from "./turn.ts";
import type { Watched } from "./watched.ts";

/** Where the host writes what a caller must not see; a pino logger is one. */
export interface AgentLog {
  error(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

interface ExecutorParts {
  readonly log: AgentLog;
  readonly watched: Watched;
}

/** Runs an agent's work as the SDK wants it, and ends it when the caller leaves, cancels, or has waited for long enough. */
export function executorOf(work: AgentWork, { log, watched }: ExecutorParts): AgentExecutor {
  const running = new Map<string, AbortController>();

  return {
    execute: async (request, bus) => {
      const call = callOf(request.context);
      const cancelled = new AbortController();
      running.set(request.taskId, cancelled);
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(), Math.max(0, call.deadlineAt - Date.now()));
      const signal = AbortSignal.any([cancelled.signal, late.signal]);
      const leave = (): void => {
        if (!watched.isWatched(ownerOf(call.caller), request.taskId)) cancelled.abort();
      };
      if (call.left.aborted) leave();
      else call.left.addEventListener("abort", leave, { once: true });
      const publisher = new Publisher(request, bus);
      try {
        publisher.begin();
        publisher.end(await endOf(work, turnOf(request, signal), publisher));
      } catch (failure) {
        if (late.signal.aborted) publisher.end(TOO_LATE);
        else if (signal.aborted) publisher.cancel();
        else publisher.end(endOfFailure(failure, log, call));
      } finally {
        clearTimeout(timer);
        call.left.removeEventListener("abort", leave);
        running.delete(request.taskId);
        call.release();
      }
    },
    cancelTask: (taskId: string, bus: ExecutionEventBus) => {
      const it = running.get(taskId);
      if (it === undefined) bus.finished();
      else it.abort();
      return Promise.resolve();
    },
  };
}

const TOO_LATE: TurnEnd = {
  type: "end",
  state: "failed",
  code: "ERR_DEADLINE",
  text: "the agent was not done in time",
};

/** Publishes what the work tells; rejects as soon as the signal aborts, whether the work heeds it or not. */
async function endOf(work: AgentWork, turn: Turn, publisher: Publisher): Promise<TurnEnd> {
  const { signal } = turn;
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => {
    aborted.reject(new Error("aborted"));
  };
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  aborted.promise.catch(() => undefined);
  const events = work(turn)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await Promise.race([events.next(), aborted.promise]);
      if (next.done === true) return { type: "end", state: "completed" };
      if (next.value.type === "end") return next.value;
      publisher.tell(next.value);
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
    void events.return?.().catch(() => undefined);
  }
}

function turnOf({ userMessage, taskId, contextId, context }: RequestContext, signal: AbortSignal): Turn {
  const { caller, userContext, correlationId, deadlineAt } = callOf(context);
  return {
    caller,
    userContext,
    correlationId,
    taskId,
    contextId,
    text: textOf(userMessage),
    data: userMessage.parts.flatMap(({ content }) => (content?.$case === "data" ? [content.value as unknown] : [])),
    signal,
    deadlineAt,
  };
}

function textOf({ parts }: Message): string {
  return parts.flatMap(({ content }) => (content?.$case === "text" ? [content.value] : [])).join("\n");
}

function endOfFailure(failure: unknown, log: AgentLog, { caller, correlationId }: ReturnType<typeof callOf>): TurnEnd {
  const fields = { error: failure, correlationId, tenantId: caller.tenantId };
  const problem: Problem | undefined = failure instanceof Problem ? failure : undefined;
  if (problem !== undefined) {
    log.warn(fields, "call failed");
    return { type: "end", state: "failed", code: problem.code, text: problem.clientMessage };
  }
  log.error(fields, "call failed");
  return { type: "end", state: "failed", code: "ERR_INTERNAL", text: "the agent failed" };
}
