import { readdir, readFile } from "node:fs/promises";
import type { Folders } from "../folders.ts";
import { readState } from "./state.ts";
import { stateFolderOf } from "./state-copy.ts";

/** The addresses of the stacks that the backend holds resources of, parents first; one whose state cannot be read is among them. */
export async function deployedStacks(folders: Folders): Promise<readonly string[]> {
  const names = await readdir(stateFolderOf(folders)).catch(() => []);
  const addresses = names.filter((it) => it.endsWith(".json")).map((it) => it.slice(0, -".json".length));
  const holds = await Promise.all(
    addresses.map((it) =>
      readState(folders, it).then(
        (state) => (state?.resources ?? 0) > 0,
        () => true,
      ),
    ),
  );
  return addresses.filter((_, i) => holds[i]).sort();
}

/** The state of a stack as `pulumi stack export` writes it; `undefined` when there is no such stack; throws `StateError`. */
export async function deploymentText(folders: Folders, address: string): Promise<string | undefined> {
  const state = await readState(folders, address);
  if (state === undefined) return undefined;
  const { checkpoint } = JSON.parse(await readFile(state.file, "utf8")) as { checkpoint: { latest?: unknown } };
  return JSON.stringify({ deployment: checkpoint.latest ?? {} });
}
