import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { parentAddressOf } from "../../../environments/address.ts";
import { stringifyProvedPlan } from "../../../plan/loaders/proved-plan.ts";
import type { Plan } from "../../../plan/model.ts";
import type { Engine } from "../../engine/engine.ts";
import { JUDGED_PLAN } from "../../engine/environment.ts";
import type { Operation } from "../../engine/stack.ts";
import { isCounted } from "../../engine/counting.ts";
import { typeOf } from "../../../plan/urn.ts";
import { forgetTeardown, liftProtection, restoreAll, restoreProtection } from "../../engine/state/protection.ts";
import { runOperation } from "../../engine/stack.ts";
import { readState } from "../../engine/state/state.ts";
import { Allowance } from "./allowance.ts";
import { openView, type View } from "../text/deployment-view.ts";
import { DiskGuard } from "./disk-guard.ts";
import { wordsFor } from "../exit-code.ts";
import type { Deployment, Observer, StackResult } from "./stack-result.ts";
import { inOrder } from "./in-order.ts";

/** Runs one operation on many stacks in the order of their dependencies, and shows how far each is. */
export async function deploy(engine: Engine, deployment: Deployment): Promise<readonly StackResult[]> {
  const guard = await DiskGuard.open(engine.folders, deployment);
  try {
    return await guard.explained(await inTheirOrder(engine, { ...deployment, signal: guard.signal }, guard));
  } finally {
    guard.close();
  }
}

/** What sees how far the stacks are. */
interface Watched {
  readonly view: View;
  readonly guard: DiskGuard;
}

async function inTheirOrder(engine: Engine, deployment: Deployment, guard: DiskGuard): Promise<readonly StackResult[]> {
  const { addresses, operation, parallel, signal } = deployment;
  if (operation !== "preview") await restoreAll(engine);
  const view = observed(openView(operation, addresses, signal), deployment.observer);
  try {
    return await inOrder<StackResult>(addresses, {
      after: operation === "destroy" ? childrenAmong(addresses) : parentsOf,
      parallel,
      signal,
      work: (address) => one(engine, address, deployment, { view, guard }),
      leaveOut: (address, because) => {
        const message = because === undefined ? "not begun" : `not begun, because ${because} did not succeed`;
        return ended(view, failure(address, operation, because === undefined ? "interrupted" : "left out", message));
      },
      endedWell: (it) => it.outcome === "succeeded",
    });
  } finally {
    await view.close();
  }
}

async function one(engine: Engine, address: string, deployment: Deployment, watched: Watched): Promise<StackResult> {
  const { operation } = deployment;
  const { view } = watched;
  view.started(address);
  try {
    await requireParent(engine, address, deployment);
    const result = await work(engine, address, deployment, watched);
    if (result.outcome === "succeeded" && (operation === "up" || operation === "destroy")) {
      await forgetTeardown(engine.folders, address);
    }
    return ended(view, result);
  } catch (error) {
    return ended(view, failure(address, operation, "failed", wordsFor(error)));
  }
}

async function work(engine: Engine, address: string, deployment: Deployment, watched: Watched): Promise<StackResult> {
  if (deployment.operation !== "destroy") return operate(engine, address, deployment, watched);
  // What is protected in a real account is only a file in the sandbox.
  await liftProtection(engine, address);
  try {
    return await operate(engine, address, deployment, watched);
  } finally {
    await restoreProtection(engine, address);
  }
}

async function operate(
  engine: Engine,
  address: string,
  deployment: Deployment,
  { view, guard }: Watched,
): Promise<StackResult> {
  const { operation, signal, plans, totals, options, allowance = Allowance.unlimited() } = deployment;
  const plan = plans?.find((it) => it.stack === address);
  const stop = new AbortController();
  const done = new Set<string>();
  const result = await runOperation(engine, address, operation, {
    ...options,
    ...(plan !== undefined && { env: { [JUDGED_PLAN]: await keepPlan(engine, plan) } }),
    signal: AbortSignal.any([signal, stop.signal]),
    onEvent: (event) => {
      guard.see(event);
      if (event.kind !== "resource" || !isCounted({ urn: event.urn, type: typeOf(event.urn) })) return;
      if (event.state === "started" && !allowance.takes(event)) stop.abort();
      if (event.state === "done") view.progressed(address, done.add(event.urn).size, totals?.get(address));
    },
  });
  if (!stop.signal.aborted || signal.aborted) return result;
  return { ...result, outcome: "failed", diagnostics: [{ severity: "error", message: allowance.words }] };
}

/** Writes a judged plan where the policy pack finds it; answers with the file. */
export async function keepPlan({ folders }: Engine, plan: Plan): Promise<string> {
  const file = path.join(folders.engine, "plans", `${plan.stack}.json`);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, stringifyProvedPlan(plan, []), { mode: 0o600 });
  return file;
}

async function requireParent(
  { folders }: Engine,
  address: string,
  { operation, addresses }: Deployment,
): Promise<void> {
  const parent = parentAddressOf(address);
  if (parent === undefined || operation === "destroy" || addresses.includes(parent)) return;
  const state = await readState(folders, parent);
  if (state === undefined || state.resources === 0)
    throw new Error(`${parent}, whose outputs it reads, is not deployed yet`);
}

function observed(view: View, observer: Observer | undefined): View {
  if (observer === undefined) return view;
  return {
    progressed: (...args) => view.progressed(...args),
    close: () => view.close(),
    started: (address) => {
      view.started(address);
      observer.started(address);
    },
    ended: (result) => {
      view.ended(result);
      observer.ended(result);
    },
  };
}

function ended(view: View, result: StackResult): StackResult {
  view.ended(result);
  return result;
}

/** The result of a stack on which nothing could be done. */
export function failure(
  address: string,
  operation: Operation,
  outcome: StackResult["outcome"],
  message: string,
): StackResult {
  const diagnostics = [{ severity: "error", message }] as const;
  return { address, operation, outcome, changes: {}, violations: [], diagnostics, durationMs: 0 };
}

/** The stack that must be deployed before. */
export function parentsOf(address: string): readonly string[] {
  return [parentAddressOf(address)].filter((it) => it !== undefined);
}

function childrenAmong(addresses: readonly string[]): (address: string) => readonly string[] {
  return (address) => addresses.filter((it) => parentAddressOf(it) === address);
}
