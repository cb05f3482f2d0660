import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import * as z from "zod";
import { deploymentText } from "./deployed.ts";
import type { Engine } from "../engine.ts";
import type { Folders } from "../folders.ts";
import { freeStale, protect, unprotectAll } from "../stack.ts";
import { engineAt, readState } from "./state.ts";

const note = z.object({ resources: z.number(), protected: z.array(z.string()), lifted: z.boolean() });

/** What is remembered of a stack from before its destruction began, until that or a deployment of it has succeeded. */
export interface Teardown {
  /** How many resources it had. */
  readonly resources: number;
  /** The URNs that were protected. */
  readonly protected: readonly string[];
  /** Whether their protection is still to be put back. */
  readonly lifted: boolean;
}

/** Takes the protection off every resource of a stack, having written down which ones bore it; for the sandbox, where nothing is lost. */
export async function liftProtection(engine: Engine, address: string): Promise<void> {
  const { folders } = engine;
  const [state, before] = [await readState(folders, address), await teardownOf(folders, address)];
  if (state === undefined || state.resources === 0) return;
  const urns = [...new Set([...(before?.protected ?? []), ...(await protectedIn(folders, address))])];
  const resources = Math.max(state.resources, before?.resources ?? 0);
  await keep(folders, address, { resources, protected: urns, lifted: true });
  await unprotectAll(engine, address);
}

/** Puts the protection back on what is left of a stack. */
export async function restoreProtection(engine: Engine, address: string): Promise<void> {
  const { folders } = engine;
  const teardown = await teardownOf(folders, address);
  if (teardown?.lifted !== true) return;
  const present = new Set((await resourcesIn(folders, address)).map((it) => it.urn));
  const urns = teardown.protected.filter((it) => present.has(it));
  if (urns.length > 0) await protect(engine, address, urns);
  await keep(folders, address, { ...teardown, lifted: false });
}

/** Puts the protection back that runs which were killed have left off, except where an engine is still at work. */
export async function restoreAll(engine: Engine): Promise<void> {
  const names = await readdir(folderOf(engine.folders)).catch(() => []);
  for (const address of names.filter((it) => it.endsWith(".json")).map((it) => it.slice(0, -".json".length))) {
    await freeStale(engine, address);
    if ((await engineAt(engine.folders, address)) === undefined) await restoreProtection(engine, address);
  }
}

/** What is remembered of a destruction that has not ended well; `undefined` when there was none. */
export async function teardownOf(folders: Folders, address: string): Promise<Teardown | undefined> {
  const text = await readFile(fileOf(folders, address), "utf8").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  });
  return text === undefined ? undefined : note.parse(JSON.parse(text));
}

/** Forgets it: the stack is gone, or whole again. */
export async function forgetTeardown(folders: Folders, address: string): Promise<void> {
  await rm(fileOf(folders, address), { force: true });
}

async function keep(folders: Folders, address: string, teardown: Teardown): Promise<void> {
  await mkdir(folderOf(folders), { recursive: true });
  await writeFileAtomic(fileOf(folders, address), JSON.stringify(teardown));
}

interface Kept {
  readonly urn: string;
  readonly protect?: boolean;
}

async function protectedIn(folders: Folders, address: string): Promise<readonly string[]> {
  return (await resourcesIn(folders, address)).filter((it) => it.protect === true).map((it) => it.urn);
}

async function resourcesIn(folders: Folders, address: string): Promise<readonly Kept[]> {
  const text = await deploymentText(folders, address);
  if (text === undefined) return [];
  return (JSON.parse(text) as { deployment: { resources?: readonly Kept[] } }).deployment.resources ?? [];
}

function folderOf({ engine }: Folders): string {
  return path.join(engine, "teardown");
}

function fileOf(folders: Folders, address: string): string {
  return path.join(folderOf(folders), `${address}.json`);
}
