import { typeOf } from "../../../plan/urn.ts";
import { isCounted } from "../../engine/counting.ts";
import type { Engine } from "../../engine/engine.ts";
import { JUDGED_PLAN } from "../../engine/environment.ts";
import { type Backend, createRemoteStack, remoteState, type RemoteState, stacksAt } from "../../engine/remote.ts";
import { operate } from "../../engine/stack.ts";
import type { StackChanges } from "../../offline-planner/changes.ts";
import { wordsFor } from "../exit-code.ts";
import type { Judgement } from "../judgement.ts";
import { openView } from "../text/deployment-view.ts";
import { withStatus } from "../text/terminal.ts";
import type { Allowance } from "./allowance.ts";
import { failure, keepPlan, parentsOf } from "./deployment.ts";
import { inOrder } from "./in-order.ts";
import type { Observer, StackResult } from "./stack-result.ts";

/** A deployment to the user's own backend and cloud. */
export interface RemoteRollout {
  readonly engine: Engine;
  readonly backend: Backend;
  /** What the backend has of each of the stacks; nothing of those that are yet to be created. */
  readonly present: ReadonlyMap<string, RemoteState>;
}

/** Reads what the backend has of these stacks. */
export async function openRemoteRollout(
  engine: Engine,
  backend: Backend,
  addresses: readonly string[],
): Promise<RemoteRollout> {
  const there = await stacksAt(engine);
  const states = addresses
    .filter((it) => there.includes(it))
    .map(async (it) => [it, await remoteState(engine, it)] as const);
  return { engine, backend, present: new Map(await Promise.all(states)) };
}

/** A stack could not be previewed, so that nobody can say what its deployment would delete. */
export class PreviewError extends Error {
  readonly code = "ERR_PREVIEW";
}

/**
 * What deploying would change of what is there, by the engine's own previews; throws `PreviewError` when one fails, which it also does
 * for what is protected. Nothing is deleted of a stack that is not there.
 */
export async function remoteChanges(
  { engine, present }: RemoteRollout,
  { plans }: Judgement,
  signal: AbortSignal,
): Promise<readonly StackChanges[]> {
  return withStatus(async (onProgress) => {
    const startedAt = Date.now();
    const all: StackChanges[] = [];
    for (const plan of plans) {
      const address = plan.stack;
      onProgress({ step: "previewing", detail: address, elapsedMs: Date.now() - startedAt });
      const isThere = (present.get(address)?.resources ?? 0) > 0;
      const created = plan.resources.filter(isCounted).map((it) => it.urn);
      const nothing = { address, deployed: isThere, update: [], replace: [], delete: [], same: 0, protected: [] };
      all.push(isThere ? await previewed(engine, plan, signal) : { ...nothing, create: created });
    }
    return all;
  });
}

async function previewed(engine: Engine, plan: Judgement["plans"][number], signal: AbortSignal): Promise<StackChanges> {
  const urns = new Map<string, Set<string>>();
  const result = await operate(engine, plan.stack, "preview", {
    policyPacks: ["policies"],
    env: { [JUDGED_PLAN]: await keepPlan(engine, plan) },
    signal,
    onEvent: (event) => {
      if (event.kind !== "resource" || !isCounted({ urn: event.urn, type: typeOf(event.urn) })) return;
      const op = event.op.includes("replace") ? "replace" : event.op;
      urns.set(op, (urns.get(op) ?? new Set()).add(event.urn));
    },
  });
  if (result.outcome !== "succeeded") {
    const errors = result.diagnostics.filter((it) => it.severity === "error").map((it) => it.message);
    const violations = result.violations.filter((it) => it.mandatory).map((it) => `${it.name}: ${it.message}`);
    throw new PreviewError(`${plan.stack} cannot be previewed: ${[...violations, ...errors].join("\n")}`);
  }
  const of = (op: string): readonly string[] => [...(urns.get(op) ?? [])];
  const [create, update, replace, deleted] = [of("create"), of("update"), of("replace"), of("delete")];
  return {
    ...{ address: plan.stack, deployed: true, create, update, replace, delete: deleted },
    ...{ same: of("same").length, protected: [] },
  };
}

/** How the rollout goes on once it has been agreed to. */
export interface RemoteProgress {
  readonly allowance: Allowance;
  readonly totals: ReadonlyMap<string, number>;
  readonly parallel: number;
  readonly signal: AbortSignal;
  readonly observer: Observer;
}

/** Deploys the stacks in their order, independent ones side by side; what a run has left that was interrupted is cleared first. */
export async function rollOutRemotely(
  rollout: RemoteRollout,
  { plans }: Judgement,
  progress: RemoteProgress,
): Promise<readonly StackResult[]> {
  const { parallel, signal, observer } = progress;
  const addresses = plans.map((it) => it.stack);
  const view = openView("up", addresses, signal);
  const ended = (result: StackResult): StackResult => {
    view.ended(result);
    observer.ended(result);
    return result;
  };
  try {
    return await inOrder<StackResult>(addresses, {
      after: parentsOf,
      parallel,
      signal,
      work: async (address) => {
        view.started(address);
        observer.started(address);
        const seen = (done: number): void => view.progressed(address, done, progress.totals.get(address));
        const plan = plans.find((it) => it.stack === address);
        return ended(await one(rollout, address, { plan, seen, ...progress }));
      },
      leaveOut: (address, because) => {
        const message = because === undefined ? "not begun" : `not begun, because ${because} did not succeed`;
        return ended(failure(address, "up", because === undefined ? "interrupted" : "left out", message));
      },
      endedWell: (it) => it.outcome === "succeeded",
    });
  } finally {
    await view.close();
  }
}

type Work = Pick<RemoteProgress, "allowance" | "signal"> & {
  readonly plan: Judgement["plans"][number] | undefined;
  readonly seen: (done: number) => void;
};

async function one({ engine, backend, present }: RemoteRollout, address: string, work: Work): Promise<StackResult> {
  const { plan, seen, allowance, signal } = work;
  const stop = new AbortController();
  const done = new Set<string>();
  try {
    const state = present.get(address);
    if (state === undefined) await createRemoteStack(engine, address, backend);
    if ((state?.pending ?? 0) > 0) {
      const recovery = await operate(engine, address, "refresh", { signal }, ["--clear-pending-creates"]);
      if (recovery.outcome !== "succeeded") return recovery;
    }
    const result = await operate(engine, address, "up", {
      policyPacks: ["policies"],
      ...(plan !== undefined && { env: { [JUDGED_PLAN]: await keepPlan(engine, plan) } }),
      signal: AbortSignal.any([signal, stop.signal]),
      onEvent: (event) => {
        if (event.kind !== "resource" || !isCounted({ urn: event.urn, type: typeOf(event.urn) })) return;
        if (event.state === "started" && !allowance.takes(event)) stop.abort();
        if (event.state === "done") seen(done.add(event.urn).size);
      },
    });
    if (!stop.signal.aborted || signal.aborted) return result;
    return { ...result, outcome: "failed", diagnostics: [{ severity: "error", message: allowance.words }] };
  } catch (error) {
    return failure(address, "up", "failed", wordsFor(error));
  }
}
