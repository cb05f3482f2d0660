import { appendFile, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { execa } from "execa";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { stringifyPlan } from "../../../plan/loaders/plan-json.ts";
import { type Plan, UNKNOWN } from "../../../plan/model.ts";
import { MCP_SERVERS } from "../../../releases/releases.ts";
import { PROJECT } from "../../../tools/engine/folders.ts";
import { planStacks } from "../../../tools/offline-planner/plan.ts";
import { exportOf, previewOf } from "../../support/written-plans.ts";

const SHOP = "urn:pulumi:dev::shop";

/** A stack of somebody else: a key, and whether it rotates. */
function shop(enableKeyRotation: unknown, stack = "dev"): Plan {
  const urn = `urn:pulumi:${stack}::shop::aws:kms/key:Key::data`;
  const source = { file: "lib/keys.ts", line: 4 };
  const links = { dependencies: [], propertyDependencies: {} };
  const key = {
    urn,
    type: "aws:kms/key:Key",
    name: "data",
    custom: true,
    inputs: { enableKeyRotation },
    ...links,
    source,
  };
  return { stack, complete: true, resources: [key] };
}

let environment: readonly Plan[];
let folder: string;

beforeAll(async () => {
  const addresses = ["development", "development.us-east-1", "development.us-east-1.acme-corp"];
  environment = (await planStacks(addresses, { preview: "known" })).map((it) => it.plan);
});

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "alicerce-judge-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** The same plan with releases whose days of removal are far away, so that the day on which the test runs changes no verdict. */
function lasting(plan: string): string {
  const days = new Set(Object.values(MCP_SERVERS).flatMap(({ releases }) => releases.flatMap((it) => daysOf(it))));
  expect(days.size).toBeGreaterThan(0);
  return [...days].reduce((text, day) => text.replaceAll(day, "9999-12-31"), plan);
}

function daysOf(release: object | undefined): readonly string[] {
  return release !== undefined && "removeOn" in release ? [String(release.removeOn)] : [];
}

describe("the exit code", () => {
  test("is 0 where a whole environment holds, written in three ways", async () => {
    const [first, second, third] = environment;
    await write("states/development.json", exportOf(first!));
    await write("states/region/preview.json", previewOf(second!));
    await write("states/region/plan.json", lasting(stringifyPlan(third!)));
    await write("states/package.json", '{"name":"states"}');
    const { exitCode, stdout } = await judge("states");
    expect(stdout).toContain("3 stacks, ");
    expect(stdout).toContain("Every rule that applies holds.");
    expect(stdout).toMatch(/\d+ proofs over all 3 stacks of the environment in /);
    expect(stdout).not.toContain("generic");
    expect(exitCode).toBe(0);
  });

  test("is 0 for somebody else's state, by generic rules", async () => {
    await write("dev.json", exportOf(shop(true)));
    const { exitCode, stdout } = await judge("dev.json");
    expect(stdout).toContain("By generic rules only, as the name is no address of this platform: dev.");
    expect(exitCode).toBe(0);
  });

  test("is 0 for a state of which nothing is deployed", async () => {
    await write("production.json", exportOf({ ...shop(true), resources: [] }));
    expect((await judge("production.json")).exitCode).toBe(0);
  });

  test("is 3 for what is violated, with the line that registers it", async () => {
    await write("dev.json", exportOf(shop(false)));
    const { exitCode, stdout } = await judge("dev.json");
    expect(stdout).toContain(
      '  dev: "data" must be rotated every year.\n    at lib/keys.ts:4\n    urn:pulumi:dev::shop::',
    );
    expect(stdout).toContain("Refused: 1 finding of 1 mandatory rule.");
    expect(exitCode).toBe(3);
  });

  test("is 4 for what cannot be decided", async () => {
    await write("preview.json", previewOf(shop(UNKNOWN)));
    const { exitCode, stdout } = await judge("preview.json");
    expect(stdout).toContain("undetermined p5-encryption-keys-rotate in dev");
    expect(exitCode).toBe(4);
  });

  test("is 3 where a resource of ours was changed by hand", async () => {
    const region = environment[1]!;
    const changed = region.resources.map((it) =>
      it.type === "aws:eks/cluster:Cluster" ? { ...it, inputs: { ...it.inputs, enabledClusterLogTypes: [] } } : it,
    );
    await write("region.json", exportOf({ ...region, resources: changed }));
    const { exitCode, stdout } = await judge("region.json");
    expect(stdout).toContain("p7-clusters-keep-audit-logs");
    expect(exitCode).toBe(3);
  });
});

describe("exits with 2, and says which file is wrong and why:", () => {
  test.each([
    ["a file that is not there", [], ["gone.json"], "gone.json cannot be read: ENOENT"],
    ["an empty file", ["a.json", ""], ["a.json"], "a.json is empty"],
    ["a torn file", ["a.json", exportOf(shop(true)).slice(0, 90)], ["a.json"], "a.json is not whole"],
    [
      "a state of an old tool",
      ["a.json", '{"version":1,"deployment":{}}'],
      ["a.json"],
      "a.json is a state of version 1",
    ],
    ["JSON of another kind, by its name", ["a.json", "{}"], ["a.json"], "a.json is none of these"],
    ["a folder without plans", ["states/a.json", "{}"], ["states"], "states holds no state, preview or plan"],
    ["an empty folder", ["states/a.txt", ""], ["states"], "states holds no state, preview or plan"],
    ["a torn file in a folder", ["states/a.json", "{"], ["states"], "states/a.json is not whole"],
  ])("%s", async (_, [file, text], args, words) => {
    if (file !== undefined) await write(file, text ?? "");
    const { exitCode, stdout, stderr } = await judge(...args);
    expect(stderr).toContain(words);
    expect(stdout).toBe("");
    expect(exitCode).toBe(2);
  });

  test("every one of several", async () => {
    await write("a.json", "");
    await write("b.json", "[");
    const { stderr } = await judge("a.json", "b.json");
    expect(stderr).toBe(
      "alicerce: nothing is judged:\n  a.json is empty\n  b.json is not whole: it ends in the middle of its JSON",
    );
  });

  test("two files of one stack, and not two projects with stacks of the same name", async () => {
    await write("a.json", exportOf(shop(true)));
    await write("b.json", previewOf(shop(true)));
    const same = await judge("a.json", "b.json");
    expect(same.stderr).toContain("a.json and b.json are of the same stack, shop/dev");
    expect(same.exitCode).toBe(2);
    await write("b.json", exportOf(shop(true)).replaceAll("::shop::", "::web::"));
    expect((await judge("a.json", "b.json")).exitCode).toBe(0);
  });

  test("a file larger than a text can be, before it is read", async () => {
    await write("a.json", "");
    await truncate(path.join(folder, "a.json"), 600_000_000);
    const { exitCode, stderr } = await judge("a.json");
    expect(stderr).toContain("a.json is too large: 600 MB, and at most 500 MB are read");
    expect(exitCode).toBe(2);
  });

  test("no file at all", async () => {
    expect((await judge()).exitCode).toBe(2);
  });
});

test("the same file named twice, and by its folder, is judged once", async () => {
  await write("dev.json", exportOf(shop(true)));
  expect((await judge("dev.json", "./dev.json", ".")).stdout).toContain("1 stack, ");
});

test("a file as PowerShell writes it is read", async () => {
  await write("dev.json", "");
  await appendFile(path.join(folder, "dev.json"), Buffer.from(`\uFEFF${exportOf(shop(false))}`, "utf16le"));
  expect((await judge("dev.json")).exitCode).toBe(3);
});

test("as data it tells the files, the stacks and the findings with their lines", async () => {
  await write("dev.json", exportOf(shop(false)));
  const { exitCode, stdout } = await judge("dev.json", "--json");
  const data = JSON.parse(stdout) as { violations: readonly object[] };
  expect(data).toMatchObject({ stacks: [{ file: "dev.json", stack: "dev", rules: "generic", resources: 1 }] });
  expect(data).not.toHaveProperty("preview");
  expect(data.violations).toEqual([
    expect.objectContaining({
      rule: "p5-encryption-keys-rotate",
      urn: `${SHOP}::aws:kms/key:Key::data`,
      source: { file: "lib/keys.ts", line: 4 },
    }),
  ]);
  expect(exitCode).toBe(3);
});

describe("--sarif", () => {
  test("prints SARIF instead of the text, or writes it beside the text", async () => {
    await write("dev.json", exportOf(shop(false)));
    const printed = await judge("dev.json", "--sarif");
    expect(JSON.parse(printed.stdout)).toMatchObject({ version: "2.1.0", runs: [{ results: [{ kind: "fail" }] }] });
    expect(printed.exitCode).toBe(3);
    for (let run = 0; run < 2; run += 1) {
      const { stdout, exitCode } = await judge("dev.json", "--sarif", "findings.sarif");
      expect(stdout).toContain("Refused: 1 finding");
      expect(exitCode).toBe(3);
      expect(JSON.parse(await read("findings.sarif"))).toEqual(JSON.parse(printed.stdout));
    }
  });

  test("never writes over a state that stands where its file is expected", async () => {
    await write("a.json", exportOf(shop(true)));
    await write("b.json", exportOf(shop(true, "test")));
    const { exitCode, stderr } = await judge("--sarif", "a.json", "b.json");
    expect(stderr).toContain('"a.json" holds something else than SARIF');
    expect(exitCode).toBe(2);
    expect(await read("a.json")).toBe(exportOf(shop(true)));
  });

  test("cannot be printed beside --json", async () => {
    const { exitCode, stderr } = await judge("a.json", "--json", "--sarif");
    expect(stderr).toContain("name a file for --sarif");
    expect(exitCode).toBe(2);
  });
});

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
  await writeFile(path.join(folder, file), text);
}

async function read(file: string): Promise<string> {
  return readFile(path.join(folder, file), "utf8");
}

async function judge(...args: readonly string[]) {
  return execa(process.execPath, [path.join(PROJECT, "tools/cli/main.ts"), "judge", ...args], {
    cwd: folder,
    reject: false,
  });
}
