import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { execa } from "execa";
import { type Engine, ensureStack, fullName } from "./engine.ts";
import { followLines } from "./event-log.ts";
import { type Diagnostic, type EngineEvent, parseEvent, type PolicyViolation } from "./events.ts";
import { hasStaleLock, readState } from "./state/state.ts";

/** What the engine can do to a stack. */
export type Operation = "preview" | "up" | "refresh" | "destroy";

/** How an operation is run. */
export interface OperationOptions {
  /** Folders of policy packs, from the project's folder; only a preview and an update take them. */
  readonly policyPacks?: readonly string[];
  /** Fails when anything would change. */
  readonly expectNoChanges?: boolean;
  /** How many resources of the stack the engine works on at once. */
  readonly parallel?: number;
  readonly onEvent?: (event: EngineEvent) => void;
  /** Asks the engine, once, to finish what it has begun and stop. */
  readonly signal?: AbortSignal;
  /** Settings on top of the engine's environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** How an operation ended. */
export interface OperationResult {
  readonly address: string;
  readonly operation: Operation;
  readonly outcome: "succeeded" | "failed" | "refused" | "interrupted";
  /** How many resources were changed, by what was done to them. */
  readonly changes: Readonly<Record<string, number>>;
  readonly violations: readonly PolicyViolation[];
  readonly diagnostics: readonly Diagnostic[];
  readonly durationMs: number;
}

const FLAGS: Readonly<Record<Operation, readonly string[]>> = {
  preview: [],
  up: ["--yes", "--skip-preview"],
  refresh: ["--yes", "--skip-preview"],
  destroy: ["--yes", "--skip-preview"],
};

/** Runs one operation of the real CLI on one stack, which is created if need be and first freed from what a dead run has left. */
export async function runOperation(
  engine: Engine,
  address: string,
  operation: Operation,
  options: OperationOptions = {},
): Promise<OperationResult> {
  await ensureStack(engine, address);
  await freeStale(engine, address);
  const recovery = operation === "preview" ? undefined : await recover(engine, address, options);
  if (recovery !== undefined && (recovery.outcome !== "succeeded" || operation === "refresh")) {
    return { ...recovery, operation };
  }
  return operate(engine, address, operation, options, []);
}

/** Learns from the cloud how the operations ended that an interrupted run had begun. */
async function recover(
  engine: Engine,
  address: string,
  { signal, env }: OperationOptions,
): Promise<OperationResult | undefined> {
  const state = await readState(engine.folders, address);
  if (state === undefined || state.pending === 0) return undefined;
  return operate(engine, address, "refresh", { ...(signal && { signal }), ...(env && { env }) }, [
    "--clear-pending-creates",
  ]);
}

/** Takes away the engine's lock that a dead run has left on a stack. */
export async function freeStale(engine: Engine, address: string): Promise<void> {
  if (await hasStaleLock(engine.folders, address)) await cancel(engine, address);
}

async function cancel(engine: Engine, address: string): Promise<void> {
  await runCli(engine, ["cancel", "--yes", "--stack", fullName(address)]);
}

/** The stack's whole deployment, secrets encrypted, as `pulumi stack export` writes it. */
export async function exportStack(engine: Engine, address: string): Promise<unknown> {
  return JSON.parse(await runCli(engine, ["stack", "export", "--stack", fullName(address)]));
}

/** Takes the protection off every resource of the stack, so that it can be destroyed; for the sandbox, where nothing is lost. */
export async function unprotectAll(engine: Engine, address: string): Promise<void> {
  await runCli(engine, ["state", "unprotect", "--all", "--yes", "--stack", fullName(address)]);
}

/** Puts the protection back on resources of the stack; throws for one that the stack does not hold. */
export async function protect(engine: Engine, address: string, urns: readonly string[]): Promise<void> {
  await runCli(engine, ["state", "protect", ...urns, "--yes", "--stack", fullName(address)]);
}

/** Runs one operation on a stack as it is, whatever a dead run has left. */
export async function operate(
  engine: Engine,
  address: string,
  operation: Operation,
  options: OperationOptions,
  extra: readonly string[] = [],
): Promise<OperationResult> {
  const dir = await mkdtemp(path.join(os.tmpdir(), "alicerce-events-"));
  const startedAt = Date.now();
  const seen = new Observation(options.onEvent);
  const log = path.join(dir, "events");
  const stop = followLines(log, (line) => seen.add(line));
  try {
    const args = [
      operation,
      ...argumentsOf(fullName(address, engine), operation, options),
      ...extra,
      "--event-log",
      log,
    ];
    const { failed, stderr } = await runInterruptibly(engine, args, options);
    await stop();
    const outcome = outcomeOf(failed, options.signal?.aborted === true, seen.violations);
    const diagnostics = outcome === "failed" ? seen.diagnosticsOr(stderr) : seen.diagnostics;
    const { changes, violations } = seen;
    return { address, operation, outcome, changes, violations, diagnostics, durationMs: Date.now() - startedAt };
  } finally {
    await stop();
    await rm(dir, { recursive: true, force: true });
  }
}

function argumentsOf(stack: string, operation: Operation, options: OperationOptions): readonly string[] {
  const { policyPacks = [], expectNoChanges = false, parallel } = options;
  return [
    ...["--non-interactive", "--color", "never", "--suppress-outputs", "--stack", stack],
    ...FLAGS[operation],
    ...policyPacks.flatMap((it) => ["--policy-pack", it]),
    ...(expectNoChanges ? ["--expect-no-changes"] : []),
    ...(parallel === undefined ? [] : ["--parallel", String(parallel)]),
  ];
}

/** The engine gets its own process group: a terminal's Ctrl-C would reach it a second time, which means "drop everything". */
async function runInterruptibly(
  { cli, folders, environment }: Engine,
  args: readonly string[],
  { signal, env }: OperationOptions,
): Promise<{ failed: boolean; stderr: string }> {
  const child = execa(cli.file, args, {
    cwd: folders.project,
    // The event log is a debugging aid to the CLI, and hidden from others.
    env: { ...environment, ...env, PULUMI_DEBUG_COMMANDS: "true" },
    extendEnv: false,
    detached: true,
    reject: false,
    stdin: "ignore",
    stdout: "ignore",
  });
  const interrupt = (): void => void child.kill("SIGINT");
  if (signal?.aborted === true) interrupt();
  signal?.addEventListener("abort", interrupt, { once: true });
  const { failed, stderr } = await child;
  signal?.removeEventListener("abort", interrupt);
  return { failed, stderr };
}

function outcomeOf(
  failed: boolean,
  interrupted: boolean,
  violations: readonly PolicyViolation[],
): OperationResult["outcome"] {
  if (!failed) return "succeeded";
  if (interrupted) return "interrupted";
  return violations.some((it) => it.mandatory) ? "refused" : "failed";
}

/** What the CLI prints; throws with what it says when it fails. */
export async function runCli({ cli, folders, environment }: Engine, args: readonly string[]): Promise<string> {
  const { failed, stdout, stderr, shortMessage } = await execa(
    cli.file,
    [...args, "--non-interactive", "--color", "never"],
    {
      cwd: folders.project,
      env: environment,
      extendEnv: false,
      reject: false,
      stdin: "ignore",
    },
  );
  if (failed) throw new Error(`pulumi ${args.join(" ")}: ${stderr.trim() || shortMessage}`);
  return stdout;
}

/** What has been seen of an operation so far. */
class Observation {
  changes: Readonly<Record<string, number>> = {};
  readonly violations: PolicyViolation[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly #onEvent: ((event: EngineEvent) => void) | undefined;

  constructor(onEvent: ((event: EngineEvent) => void) | undefined) {
    this.#onEvent = onEvent;
  }

  add(line: string): void {
    const event = parseEvent(line);
    if (event === undefined) return;
    if (event.kind === "summary") this.changes = event.changes;
    if (event.kind === "policy") this.violations.push(event);
    if (event.kind === "diagnostic") this.diagnostics.push(event);
    this.#onEvent?.(event);
  }

  /** The engine's diagnostics; what the CLI says before there is an engine stands only on its stderr. */
  diagnosticsOr(stderr: string): readonly Diagnostic[] {
    const hasError = this.diagnostics.some((it) => it.severity === "error");
    return hasError ? this.diagnostics : [...this.diagnostics, { severity: "error", message: stderr.trim() }];
  }
}
