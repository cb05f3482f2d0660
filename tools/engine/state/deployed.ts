import { readdir } from "node:fs/promises";
import type { Folders } from "../folders.ts";
import { readState, readStateText } from "./state.ts";
import { stateFolderOf } from "./state-copy.ts";

/** The addresses of the stacks that the backend has a state of, parents first, whether or not it holds a resource. */
export async function stacksWithState(folders: Folders): Promise<readonly string[]> {
  const names = await readdir(stateFolderOf(folders)).catch(() => []);
  return names
    .filter((it) => it.endsWith(".json"))
    .map((it) => it.slice(0, -".json".length))
    .sort();
}

/** Those of some stacks that the backend holds resources of; one whose state cannot be read is among them. */
export async function deployedAmong(folders: Folders, addresses: readonly string[]): Promise<readonly string[]> {
  const holds = await Promise.all(
    addresses.map((it) =>
      readState(folders, it).then(
        (state) => (state?.resources ?? 0) > 0,
        () => true,
      ),
    ),
  );
  return addresses.filter((_, i) => holds[i]);
}

/** The addresses of the stacks that the backend holds resources of, parents first; one whose state cannot be read is among them. */
export async function deployedStacks(folders: Folders): Promise<readonly string[]> {
  return deployedAmong(folders, await stacksWithState(folders));
}

/** The state of a stack as `pulumi stack export` writes it; `undefined` when there is no such stack; throws `StateError`. */
export async function deploymentText(folders: Folders, address: string): Promise<string | undefined> {
  const text = await readStateText(folders, address);
  if (text === undefined) return undefined;
  const { checkpoint } = JSON.parse(text) as { checkpoint: { latest?: unknown } };
  return JSON.stringify({ deployment: checkpoint.latest ?? {} });
}
