import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Engine, prepareEngine } from "../../../tools/engine/engine.ts";
import type { EngineEvent } from "../../../tools/engine/events.ts";
import { exportStack, runOperation } from "../../../tools/engine/stack.ts";
import { engineAt, hasStaleLock, readState, StateError } from "../../../tools/engine/state/state.ts";
import { temporaryProject, type TemporaryProject } from "./temporary-project.ts";

let project: TemporaryProject;
let engine: Engine;

beforeAll(async () => {
  const waits = `\nif (pulumi.getStack().startsWith("slow") && !pulumi.runtime.isDryRun()) {
    await new Promise((resolve) => setTimeout(resolve, 300_000));
  }
  if (pulumi.getStack() === "broken") throw new Error("the program says no");`;
  project = await temporaryProject(waits);
  engine = await prepareEngine({ folders: project.folders });
});

afterAll(async () => project[Symbol.asyncDispose]());

describe("the real engine with our language host", () => {
  test("previews, deploys, finds nothing to change, refreshes and destroys", async () => {
    const events: EngineEvent[] = [];
    const onEvent = (it: EngineEvent): number => events.push(it);
    expect(await runOperation(engine, "a.b", "preview")).toMatchObject({
      outcome: "succeeded",
      changes: { create: 3 },
    });
    expect(await runOperation(engine, "a.b", "up", { onEvent })).toMatchObject({
      outcome: "succeeded",
      changes: { create: 3 },
    });
    const done = events.filter((it) => it.kind === "resource" && it.state === "done");
    expect(new Set(done.map((it) => (it as { urn: string }).urn)).size).toBe(3);
    expect(await readState(project.folders, "a.b")).toMatchObject({ resources: 3, pending: 0 });
    expect(await runOperation(engine, "a.b", "preview", { expectNoChanges: true })).toMatchObject({
      outcome: "succeeded",
      diagnostics: [],
    });
    expect(await exportStack(engine, "a.b")).toMatchObject({ version: 3 });
    expect((await runOperation(engine, "a.b", "refresh")).outcome).toBe("succeeded");
    expect(await runOperation(engine, "a.b", "destroy")).toMatchObject({
      outcome: "succeeded",
      changes: { delete: 3 },
    });
    expect(await readState(project.folders, "a.b")).toMatchObject({ resources: 0 });
  });

  test("leaves nothing beside the program", async () => {
    expect((await readdir(project.folders.project)).sort()).toEqual([
      ".alicerce",
      "Pulumi.yaml",
      "infra",
      "node_modules",
      "package.json",
    ]);
  });

  test("repeats the program's error word for word", async () => {
    const { outcome, diagnostics } = await runOperation(engine, "broken", "preview");
    expect(outcome).toBe("failed");
    expect(diagnostics.map((it) => it.message).join()).toContain("Error: the program says no");
  });

  test("fails when changes were not expected", async () => {
    const { outcome, diagnostics } = await runOperation(engine, "fresh", "preview", { expectNoChanges: true });
    expect(outcome).toBe("failed");
    expect(diagnostics.map((it) => it.message).join()).toContain("no changes were expected");
  });
});

describe("a run that is interrupted", () => {
  // The program takes five minutes, which is more than this test may.
  test("says so, and ends without waiting for the program", async () => {
    const controller = new AbortController();
    const onEvent = (it: EngineEvent): void => {
      if (it.kind === "resource" && it.urn.endsWith("::two") && it.state === "done") controller.abort();
    };
    const { outcome } = await runOperation(engine, "slow", "up", { signal: controller.signal, onEvent });
    expect(outcome).toBe("interrupted");
    expect((await runOperation(engine, "slow", "destroy")).outcome).toBe("succeeded");
  });

  test("leaves a lock when it is killed, which the next run takes away", async () => {
    await runOperation(engine, "slow.killed", "preview");
    const child = execa(engine.cli.file, ["up", "--yes", "--skip-preview", "--non-interactive", "-s", "slow.killed"], {
      cwd: project.folders.project,
      env: engine.environment,
      reject: false,
      stdio: "ignore",
    });
    await expect.poll(() => engineAt(project.folders, "slow.killed"), { timeout: 50_000 }).toBe(child.pid);
    expect(await hasStaleLock(project.folders, "slow.killed")).toBe(false);
    child.kill("SIGKILL");
    await child;
    expect(await hasStaleLock(project.folders, "slow.killed")).toBe(true);
    expect((await runOperation(engine, "slow.killed", "destroy")).outcome).toBe("succeeded");
    expect(await hasStaleLock(project.folders, "slow.killed")).toBe(false);
  });
});

test("a state that cannot be read is named and kept", async () => {
  await runOperation(engine, "corrupt", "preview");
  const { file } = (await readState(project.folders, "corrupt")) ?? { file: "" };
  await writeFile(file, "{ half");
  await writeFile(`${file}.bak`, "{ hal");
  const failure = await runOperation(engine, "corrupt", "up").catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StateError);
  expect((failure as Error).message).toContain(file);
  expect((failure as Error).message).toMatch(
    /no copy of it can be read either. Next: npx alicerce state forget corrupt$/,
  );
  expect(await readdir(path.dirname(file))).toContain("corrupt.json");
});
