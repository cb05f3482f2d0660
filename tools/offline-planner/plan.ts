import { parentAddressOf, parseAddress } from "../../environments/address.ts";
import { environments } from "../../environments/index.ts";
import type { Plan } from "../../plan/model.ts";
import { ensureCatalogue } from "../../sandbox/control-plane/catalogue/catalogue.ts";
import { Cloud } from "../../sandbox/control-plane/cloud/cloud.ts";
import { NO_FAULTS } from "../../sandbox/control-plane/faults.ts";
import type { PreviewMode } from "../../sandbox/control-plane/preview-mode.ts";
import { monitorClients } from "../../sandbox/control-plane/monitor/clients.ts";
import { StackMonitor } from "../../sandbox/control-plane/monitor/stack-monitor.ts";
import { MemoryStore } from "../../sandbox/control-plane/store/memory-store.ts";
import type { Values } from "../../sandbox/control-plane/wire.ts";
import { ensureBundles } from "../build/ensure-bundles.ts";
import { PROJECT_NAME } from "../engine/folders.ts";
import { type Program, runProgram } from "./run-program.ts";

/** What the program of a stack asks for, found without an engine and without an account. */
export interface StackPlan {
  readonly address: string;
  readonly plan: Plan;
  readonly outputs: Values;
  readonly durationMs: number;
  readonly warnings: readonly string[];
}

/** A stack that cannot be planned: its program failed, or the cloud would refuse what it asks for. `faults` holds a sentence each. */
export class PlanError extends Error {
  readonly code = "ERR_PLAN";
  readonly address: string;
  readonly faults: readonly string[];

  constructor(address: string, faults: readonly string[], options?: ErrorOptions) {
    super(`${address} cannot be planned:\n${faults.map((it) => `  ${it}`).join("\n")}`, options);
    this.name = "PlanError";
    this.address = address;
    this.faults = faults;
  }
}

/** How stacks are planned. */
export interface PlanSettings {
  readonly preview: PreviewMode;
  readonly onStack?: (it: StackPlan) => void;
  /** The environments that the addresses are of: those that are shipped, unless it is said. */
  readonly known?: typeof environments;
}

/** Plans stacks in the given order; stacks whose outputs they read are planned before them. Throws `AddressError` or `PlanError`. */
export async function planStacks(
  addresses: readonly string[],
  { preview, onStack, known: data = environments }: PlanSettings,
): Promise<readonly StackPlan[]> {
  addresses.forEach((it) => parseAddress(it, data));
  await ensureBundles();
  const infra = await import("../../infra/program.ts");
  const program = (): unknown => infra.program(data);
  const planner = await OfflinePlanner.open();
  const plans = new Map<string, StackPlan>();
  for (const address of withParents(addresses)) {
    // A stack is deployed after those that it reads from, so their outputs are known even in a realistic preview.
    const known = await planner.plan(address, program, "known");
    const plan = preview === "known" ? known : await planner.plan(address, program, preview);
    plans.set(address, plan);
    if (addresses.includes(address)) onStack?.(plan);
  }
  return addresses.flatMap((it) => plans.get(it) ?? []);
}

/** Plans one program under a stack's name, for tests and experiments; throws `PlanError`. */
export async function planProgram(
  program: Program,
  { stack, preview = "known" }: { readonly stack: string; readonly preview?: PreviewMode },
): Promise<StackPlan> {
  const planner = await OfflinePlanner.open();
  return planner.plan(stack, program, preview);
}

/** Plans stacks one after the other against a sandbox cloud in memory, which keeps what each of them would create. */
export class OfflinePlanner {
  readonly #cloud: Cloud;
  readonly #store: MemoryStore;
  readonly #outputs = new Map<string, Values>();

  constructor(cloud: Cloud, store: MemoryStore) {
    this.#cloud = cloud;
    this.#store = store;
  }

  /** A planner whose cloud is empty. */
  static async open(): Promise<OfflinePlanner> {
    const store = new MemoryStore();
    return new OfflinePlanner(new Cloud({ catalogue: await ensureCatalogue(), store, faults: NO_FAULTS }), store);
  }

  /** Plans a program under a stack's name; it may read the outputs of stacks that were planned before. Throws `PlanError`. */
  async plan(address: string, program: Program, mode: PreviewMode): Promise<StackPlan> {
    const began = performance.now();
    const settings = {
      project: PROJECT_NAME,
      stack: address,
      mode,
      defaultRegion: address.split(".")[1] ?? "us-east-1",
      outputsOf: (stack: string) => this.#outputs.get(stack),
    };
    const monitor = new StackMonitor(settings, { cloud: this.#cloud, store: this.#store });
    const clients = monitorClients(monitor);
    try {
      await runProgram(program, { project: PROJECT_NAME, stack: address, clients });
    } catch (error) {
      throw new PlanError(address, faultsOf(clients, error), { cause: error });
    }
    if (clients.refusals.length + clients.errors.length > 0) throw new PlanError(address, faultsOf(clients, undefined));
    if (mode === "known") this.#outputs.set(`organization/${PROJECT_NAME}/${address}`, monitor.outputs);
    return {
      address,
      plan: { stack: address, complete: true, resources: monitor.resources },
      outputs: monitor.outputs,
      durationMs: performance.now() - began,
      warnings: clients.warnings,
    };
  }
}

function faultsOf(
  { refusals, errors }: { readonly refusals: readonly string[]; readonly errors: readonly string[] },
  error: unknown,
): readonly string[] {
  if (refusals.length > 0) return refusals;
  if (errors.length > 0) return errors;
  return [error instanceof Error ? error.message : String(error)];
}

function withParents(addresses: readonly string[]): readonly string[] {
  const all = new Set<string>();
  const add = (address: string): void => {
    const parent = parentAddressOf(address);
    if (parent !== undefined) add(parent);
    all.add(address);
  };
  addresses.forEach(add);
  return [...all];
}
