import type { Folders } from "../../engine/folders.ts";
import { teardownOf } from "../../engine/state/protection.ts";
import { engineAt, readState } from "../../engine/state/state.ts";
import { runLock } from "../run-lock.ts";

/** What is deployed of a stack, and how it stands. */
export interface StackCondition {
  readonly address: string;
  readonly deployed: boolean;
  /** By `isCounted`. */
  readonly resources: number;
  readonly updatedAt: string | null;
  /** Operations of which the engine did not learn the end. */
  readonly pending: number;
  /** In words: whether it is deployed, or being worked on, or was left half done. */
  readonly condition: string;
}

/** Reads how a stack stands; throws `StateError` when its state cannot be read. */
export async function conditionOf(folders: Folders, address: string): Promise<StackCondition> {
  const [state, teardown, engine] = await Promise.all([
    readState(folders, address),
    teardownOf(folders, address),
    engineAt(folders, address),
  ]);
  const { resources = 0, updatedAt = null, pending = 0 } = state ?? {};
  const words = (): string => {
    if (pending > 0) return "interrupted";
    if (resources === 0) return "no";
    return teardown !== undefined && resources < teardown.resources ? "partly destroyed" : "yes";
  };
  const verb = teardown?.lifted === true ? "destroying" : "deploying";
  // A command that was killed has left its engine behind.
  const condition = engine === undefined ? words() : `${verb} (pid ${(await runLock(folders.home).owner()) ?? engine})`;
  return { address, deployed: resources > 0, resources, updatedAt, pending, condition };
}
