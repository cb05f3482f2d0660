import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Folders, foldersOf } from "../../../tools/engine/folders.ts";
import { readState, StateError } from "../../../tools/engine/state/state.ts";
import { stateFileOf } from "../../../tools/engine/state/state-copy.ts";
import { forgetState, repairState } from "../../../tools/engine/state/state-repair.ts";

const STACK = "production.eu-west-1";
const NOW = new Date("2026-01-02T03:04:05Z");

let home: string;
let folders: Folders;
let file: string;

beforeEach(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "alicerce-state-"));
  folders = foldersOf(home, { ALICERCE_HOME: home });
  file = stateFileOf(folders, STACK);
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe("a state that cannot be read", () => {
  beforeEach(() => keep(file, checkpoint(9).slice(0, 40), 0));

  test("is told with the engine's copy, once that has been read", async () => {
    await keep(`${file}.bak`, checkpoint(8), 1);
    const { message, copy } = await fault();
    expect(copy).toEqual({ file: `${file}.bak`, resources: 8, updatedAt: "2026-01-01T00:00:08Z", pending: 0 });
    expect(message).toContain(`${file}.bak can. Next: npx alicerce state repair ${STACK}`);
  });

  test("never recommends a copy that is broken itself, but the newest one that is whole", async () => {
    await keep(`${file}.bak`, checkpoint(8).slice(0, 50), 1);
    await keep(past("history", `${STACK}-3.checkpoint.json`), '{"version":3}', 2);
    await keep(past("backups", `${STACK}.2.json`), checkpoint(7), 3);
    await keep(past("history", `${STACK}-1.checkpoint.json`), checkpoint(6), 4);
    await keep(past("history", `${STACK}-3.history.json`), checkpoint(99), 0);
    expect((await fault()).copy).toMatchObject({ file: past("backups", `${STACK}.2.json`), resources: 7 });
  });

  test("says so where no copy can be read, and that forgetting it is the way on", async () => {
    await keep(`${file}.bak`, "", 1);
    const { message, copy } = await fault();
    expect(copy).toBeUndefined();
    expect(message).toContain(`no copy of it can be read either. Next: npx alicerce state forget ${STACK}`);
    expect(message).not.toContain(".bak");
  });

  test("is repaired by a copy, and kept beside it", async () => {
    await keep(`${file}.bak`, checkpoint(8), 1);
    await keep(`${file}.bak.attrs`, '{"md5":"of the copy"}', 1);
    await keep(`${file}.attrs`, '{"md5":"of the state"}', 1);
    const broken = await readFile(file, "utf8");
    const aside = await repairState(folders, STACK, (await fault()).copy!, NOW);
    expect(await readState(folders, STACK)).toMatchObject({ resources: 8 });
    expect(await readFile(aside, "utf8")).toBe(broken);
    expect(await readFile(`${file}.attrs`, "utf8")).toContain("of the copy");
  });

  test("is forgotten with its copies and nothing else", async () => {
    const other = stateFileOf(folders, `${STACK}.xyz-gmbh`);
    await keep(other, checkpoint(1), 1);
    await keep(`${file}.bak`, checkpoint(8), 1);
    await keep(past("backups", `${STACK}.2.json`), checkpoint(7), 3);
    await forgetState(folders, STACK);
    expect(await readState(folders, STACK)).toBeUndefined();
    expect(await readdir(path.dirname(file))).toEqual([path.basename(other)]);
    expect(await readdir(path.join(folders.state, ".pulumi/backups/alicerce"))).toEqual([]);
  });
});

function past(kind: "history" | "backups", name: string): string {
  return path.join(folders.state, ".pulumi", kind, "alicerce", STACK, name);
}

async function keep(at: string, text: string, minutesOld: number): Promise<void> {
  await mkdir(path.dirname(at), { recursive: true });
  await writeFile(at, text);
  const then = NOW.getTime() / 1_000 - minutesOld * 60;
  await utimes(at, then, then);
}

async function fault(): Promise<StateError> {
  const error: unknown = await readState(folders, STACK).catch((it: unknown) => it);
  if (error instanceof StateError) return error;
  throw new Error("it can be read", { cause: error });
}

function checkpoint(resources: number): string {
  const one = (index: number): object => ({ urn: `urn:pulumi:${STACK}::alicerce::a:b:C::${index}`, type: "a:b:C" });
  const latest = {
    manifest: { time: `2026-01-01T00:00:0${resources % 10}Z` },
    resources: Array.from({ length: resources }, (_, index) => one(index)),
  };
  return JSON.stringify({ version: 3, checkpoint: { latest } });
}
