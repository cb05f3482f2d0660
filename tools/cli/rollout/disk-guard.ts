import type { Plan } from "../../../plan/model.ts";
import {
  bytesFree,
  bytesNeeded,
  bytesToStop,
  megabytes,
  requireSpace,
  saysDiskIsFull,
  watchSpace,
} from "../../engine/state/disk-space.ts";
import type { EngineEvent } from "../../engine/events.ts";
import type { Folders } from "../../engine/folders.ts";
import { readState, StateError } from "../../engine/state/state.ts";
import type { Deployment, StackResult } from "./stack-result.ts";

/** Throws `DiskSpaceError` where the deployment of these plans would fill the disk. */
export async function requireSpaceFor(plans: readonly Plan[], folders: Folders): Promise<void> {
  const stacks = plans.map(async (it) => ({
    planned: it.resources.length,
    present: await presentIn(folders, it.stack),
  }));
  await requireSpace(folders.home, bytesNeeded(await Promise.all(stacks)));
}

/** Stops a deployment while there is still room to stop it well, and says once that the disk was full. */
export class DiskGuard {
  readonly #folders: Folders;
  readonly #full = new AbortController();
  readonly #stop: () => void;
  /** Aborted with the deployment's own signal, or when the disk is full. */
  readonly signal: AbortSignal;

  constructor(folders: Folders, signal: AbortSignal, floor: number) {
    this.#folders = folders;
    this.signal = AbortSignal.any([signal, this.#full.signal]);
    this.#stop = watchSpace(folders.home, floor, () => this.#full.abort());
  }

  static async open(
    folders: Folders,
    { operation, addresses, parallel, plans, signal }: Deployment,
  ): Promise<DiskGuard> {
    const sizes = addresses.map(async (address) => {
      const planned = plans?.find((it) => it.stack === address)?.resources.length ?? 0;
      return operation === "preview" ? 0 : Math.max(planned, await presentIn(folders, address));
    });
    return new DiskGuard(folders, signal, bytesToStop(await Promise.all(sizes), parallel));
  }

  /** Stops the deployment at the first word of the engine that the disk is full: what follows would only say it again. */
  see(event: EngineEvent): void {
    if (event.kind === "diagnostic" && saysDiskIsFull(event.message)) this.#full.abort();
  }

  close(): void {
    this.#stop();
  }

  /** The results in which one stack says that the disk is full, and which states that has cost. */
  async explained(results: readonly StackResult[]): Promise<readonly StackResult[]> {
    const isHit = (it: StackResult): boolean =>
      it.outcome === "interrupted" || it.diagnostics.some(({ message }) => saysDiskIsFull(message));
    if (!this.#full.signal.aborted && !results.some((it) => it.outcome === "failed" && isHit(it))) return results;
    const first = results.findIndex((it) => isHit(it) && it.durationMs > 0);
    const diagnostics = [await this.#fullness(), ...(await this.#broken(results))];
    const errors = diagnostics.map((message) => ({ severity: "error", message }) as const);
    return results.map((it, index) => {
      if (index === Math.max(0, first)) return { ...it, outcome: "failed", diagnostics: errors };
      return isHit(it) ? { ...it, outcome: "interrupted", diagnostics: [] } : it;
    });
  }

  async #fullness(): Promise<string> {
    const free = megabytes(await bytesFree(this.#folders.home));
    return `the disk is full (${free} are free in ${this.#folders.home}): the run was stopped. What was done is kept; free some space, then run the same command again`;
  }

  async #broken(results: readonly StackResult[]): Promise<readonly string[]> {
    const faults = results.map(({ address }) =>
      readState(this.#folders, address).then(
        () => undefined,
        (error: unknown) => (error instanceof StateError ? error.message : undefined),
      ),
    );
    return (await Promise.all(faults)).filter((it) => it !== undefined);
  }
}

async function presentIn(folders: Folders, address: string): Promise<number> {
  try {
    return (await readState(folders, address))?.resources ?? 0;
  } catch (error) {
    if (error instanceof StateError) return 0;
    throw error;
  }
}
