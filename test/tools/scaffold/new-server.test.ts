import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { check } from "prettier";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UNBUILT } from "../../../releases/releases.ts";
import { judge } from "../../../policies/engine/judge.ts";
import { parsePlan } from "../../../plan/loaders/plan-json.ts";
import { TYPE } from "../../../policies/facts/resource-types.ts";
import { EXIT } from "../../../tools/cli/exit-code.ts";
import { servicesIn } from "../../../tools/release/releases-file.ts";
import { designServer, layDown } from "../../../tools/scaffold/new-server.ts";
import { ProjectCopy } from "../../support/project-copy.ts";
import { TODAY } from "../../support/rule-tester.ts";

const TESTS = ["mcp/contracts", "mcp/custom", "libraries/mcp-host"].map((it) => `test/services/${it}`);
const copy = new ProjectCopy([...TESTS, "test/support", "test/file-order.ts", "vitest.config.ts", ".prettierrc.json"]);
afterAll(() => copy.remove());

const run = (...args: string[]) => execa(process.execPath, args, { cwd: copy.folder, reject: false });
const mcpNew = (...args: string[]) => run("tools/cli/main.ts", "mcp", "new", ...args);
const textOf = (file: string) => readFileSync(path.join(copy.folder, file), "utf8");
/** A tenant with the scenario b2b. */
const STACK = "production.eu-west-1.xyz-gmbh";
const EDITED = ["releases/releases.ts", "tools/build/mcp-servers.ts"];
const FOLDERS = ["services/mcp", "test/services/mcp", "."];
/** What a command may change: names of folders, and the files that it edits. */
const state = () => [...FOLDERS.map((it) => readdirSync(path.join(copy.folder, it))), ...EDITED.map(textOf)];

interface Report {
  readonly created: readonly string[];
  readonly edited: readonly string[];
}

describe("a server that was created", () => {
  let report: Report;
  beforeAll(async () => {
    const before = state();
    const asked = ["order-status", "--scenario", "b2b", "--scenario", "internal", "--json"];
    const dry = await mcpNew(...asked, "--dry-run");
    expect(state()).toEqual(before);
    const { stdout, stderr } = await mcpNew(...asked);
    expect(stderr).toBe("");
    report = JSON.parse(stdout) as Report;
    expect({ ...report, dryRun: true }).toEqual(JSON.parse(dry.stdout));
  });

  test("is the template under its own name, formatted", async () => {
    expect(report.created).toEqual(
      expect.arrayContaining(["services/mcp/order-status/index.ts", "services/mcp/order-status/needs.ts"]),
    );
    expect(report.edited).toEqual(EDITED);
    for (const file of [...report.created, ...report.edited]) {
      const text = textOf(file);
      expect([file, await check(text, { filepath: file, printWidth: 120 })]).toEqual([file, true]);
      if (report.created.includes(file)) expect(file + text).not.toMatch(/custom/i);
    }
  });

  test("is in the release data, without an image", () => {
    expect(servicesIn(textOf("releases/releases.ts"))["order-status"]).toEqual({
      scenarios: ["internal", "b2b"],
      releases: [{ version: "1.0.0", digest: UNBUILT }],
    });
  });

  test("compiles, and passes its own tests", async () => {
    const include = ["services/mcp/order-status", "test/services/mcp/order-status", ...EDITED];
    writeFileSync(path.join(copy.folder, "tsconfig.new.json"), JSON.stringify({ extends: "./tsconfig.json", include }));
    const [types, tests] = await Promise.all([
      run("node_modules/typescript-7/bin/tsc", "-p", "tsconfig.new.json"),
      run(
        "node_modules/vitest/vitest.mjs",
        "run",
        "--no-color",
        "--project",
        "apart",
        "test/services/mcp/order-status",
      ),
    ]);
    expect(types.stdout).toBe("");
    expect(tests.stdout + tests.stderr).toMatch(/Test Files\s+3 passed \(3\)/);
    expect(tests.exitCode).toBe(0);
  });

  // Bundles every service, and plans: some minutes where other tests have the cores.
  test("is built and planned behind the gateways of its scenarios, within the premises", async () => {
    expect((await run("tools/cli/main.ts", "build")).stderr).toBe("");
    const plan = parsePlan((await run("tools/cli/main.ts", "plan", "--stack", STACK, "--model")).stdout);
    const named = (type: string) => plan.resources.filter((it) => it.type === type).map((it) => it.name);
    expect(named(TYPE.runtime)).toContain("mcp-order-status-v1");
    expect(named(TYPE.gatewayTarget)).toContain("b2b-order-status");
    const findings = judge(plan, TODAY).rules.flatMap((it) => [...it.violations, ...it.undetermined]);
    expect(findings.filter((it) => it.name.includes("order-status"))).toEqual([]);
  });

  test("is not created twice", async () => {
    const before = state();
    const again = await mcpNew("order-status");
    expect([again.exitCode, again.stderr]).toEqual([
      EXIT.usage,
      'alicerce: "order-status" is taken: there is services/mcp/order-status',
    ]);
    expect(state()).toEqual(before);
  });
});

describe("nothing is written", () => {
  test.each([
    ["files", "is taken"],
    ["custom", "is taken"],
    ["development", "is taken"],
    ["contracts", "is taken"],
    ["api-integration", "is"],
    ["Orders", "must be of a-z"],
  ])("for the name %s", async (name, message) => {
    const before = state();
    await expect(designServer(name, ["internal"], copy.folder)).rejects.toThrow(message);
    expect(state()).toEqual(before);
  });

  test("for a scenario that is none", async () => {
    const { exitCode, stderr } = await mcpNew("stock", "--scenario", "b2x");
    expect([exitCode, stderr]).toEqual([EXIT.usage, expect.stringContaining("It must be one of internal, b2c, b2b.")]);
    expect(existsSync(path.join(copy.folder, "services/mcp/stock"))).toBe(false);
  });

  test.each(EDITED)("if %s changes meanwhile", async (file) => {
    const server = await designServer("stock", ["internal"], copy.folder);
    const [find = ""] = textOf(file).split("\n");
    const undo = copy.edit({ file, find, replace: `// Somebody else's.\n${find}` });
    const before = state();
    await expect(layDown(server, copy.folder)).rejects.toThrow(`${file} was changed by somebody else`);
    expect(state()).toEqual(before);
    undo();
  });

  test("over what somebody else creates meanwhile", async () => {
    const server = await designServer("stock", ["internal"], copy.folder);
    await layDown(server, copy.folder);
    const before = state();
    await expect(layDown(server, copy.folder)).rejects.toThrow("ENOTEMPTY");
    expect(state()).toEqual(before);
  });

  test.each([
    ["releases/releases.ts", "const MCP_SERVERS:", "MCP_SERVERS"],
    ["tools/build/mcp-servers.ts", "const MCP_DEFINITIONS:", "MCP_DEFINITIONS"],
  ])("if %s is not as expected", async (file, find, table) => {
    const undo = copy.edit({ file, find, replace: "const OTHER:" });
    const before = state();
    await expect(designServer("prices", ["internal"], copy.folder)).rejects.toThrow(
      `must declare ${table} as an object`,
    );
    expect(state()).toEqual(before);
    undo();
  });
});
