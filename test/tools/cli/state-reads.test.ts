import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { strays } from "../../../tools/cli/selection.ts";
import { statusesOf } from "../../../tools/cli/stack-status.ts";
import { deploymentText } from "../../../tools/engine/state/deployed.ts";
import { type Folders, foldersOf, PROJECT } from "../../../tools/engine/folders.ts";
import { stateFileOf } from "../../../tools/engine/state/state-copy.ts";

interface Promises {
  readonly readFile: typeof readFile;
}

vi.mock("node:fs/promises", async (load) => {
  const real = await load<Promises>();
  return { ...real, readFile: vi.fn(real.readFile) };
});

const DECLARED = "development.us-east-1";
const GONE = "development.eu-west-1";
const EMPTY = "development.eu-west-2";
const STACKS = { [DECLARED]: 2, [GONE]: 1, [EMPTY]: 0 };

let folders: Folders;

beforeEach(async () => {
  const home = await mkdtemp(path.join(os.tmpdir(), "alicerce-reads-"));
  folders = foldersOf(PROJECT, { ALICERCE_HOME: home });
  for (const [address, count] of Object.entries(STACKS)) {
    const resources = Array.from({ length: count }, (_, i) => {
      const type = "aws:s3/bucket:Bucket";
      return { urn: `urn:pulumi:${address}::alicerce::${type}::b${i}`, type, custom: true, inputs: {} };
    });
    const file = stateFileOf(folders, address);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify({ checkpoint: { latest: { manifest: { time: "2026-01-01" }, resources } } }));
  }
  vi.mocked(readFile).mockClear();
});
afterEach(() => rm(folders.home, { recursive: true, force: true }));

test("status reads each state once, and shows of those that the data has no longer the ones that hold something", async () => {
  const { stacks, left } = await statusesOf(folders, { environment: "development", addresses: [DECLARED] }, true);
  expect(stacks.map((it) => [it.address, it.resources])).toEqual([
    [DECLARED, 2],
    [GONE, 1],
  ]);
  expect(left).toEqual([GONE]);
  expect(readsOf(DECLARED)).toBe(1);
  expect(readsOf(GONE)).toBe(1);
});

test("a plan reads each state once: what is deployed of what it plans, and what holds resources of the rest", async () => {
  expect(await deploymentText(folders, DECLARED)).toContain("::b1");
  expect(await strays("development", folders)).toEqual([GONE]);
  expect(readsOf(DECLARED)).toBe(1);
  expect(readsOf(GONE)).toBe(1);
});

function readsOf(address: string): number {
  const file = stateFileOf(folders, address);
  return vi.mocked(readFile).mock.calls.filter(([it]) => it === file).length;
}
