import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MCP_SERVERS } from "../../../releases/releases.ts";
import { parsePlan } from "../../../plan/loaders/plan-json.ts";
import { Value } from "../../../policies/engine/value.ts";
import { withService } from "../../../tools/release/releases-file.ts";
import { ProjectCopy } from "../../support/project-copy.ts";

const DIGEST = `sha256:${"d".repeat(64)}` as const;
const STACK = "production.us-east-1.acme-corp";

let copy: ProjectCopy;
let file: string;
let original: string;

beforeAll(async () => {
  copy = new ProjectCopy();
  file = path.join(copy.folder, "releases/releases.ts");
  const newest = MCP_SERVERS["database"]!.releases[0];
  const releases = [
    { ...newest, version: "3.0.0" },
    { version: "2.2.0", digest: DIGEST, deprecatedOn: "2026-09-01", removeOn: "2099-09-01" },
    { version: "1.5.1", digest: DIGEST, deprecatedOn: "2026-02-02", removeOn: "2099-02-02" },
  ] as const;
  original = await withService(readFileSync(file, "utf8"), "database", { scenarios: ["b2c", "b2b"], releases });
  writeFileSync(file, original);
});
afterAll(() => copy.remove());

test.each<[readonly string[], string]>([
  [["candidate", "database", "2.9.9", "--digest", DIGEST], "must be newer than 3.0.0"],
  [["candidate", "database", "3.1", "--digest", DIGEST], 'version "3.1" must be major.minor.patch'],
  [["candidate", "database", "3.1.0"], "required option '--digest <digest>' not specified"],
  [["candidate", "database", "3.1.0", "--digest", DIGEST, "--weight", "ten"], "It must be a whole number of percent."],
  [["candidate", "datenbank", "3.1.0", "--digest", DIGEST], 'unknown service "datenbank"; valid: '],
  [["promote", "database"], "database has no candidate"],
  [["promote", "database", "--remove-on", "soon"], 'day "soon" must be one of the calendar'],
  [["undo"], "unknown command 'undo'"],
])("release %j is refused with 2 and a reason", async (args, reason) => {
  const { exitCode, stdout, stderr } = await alicerce("release", ...args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toContain(reason);
  expect(readFileSync(file, "utf8")).toBe(original);
});

test.each([["--promotion"], ["--dry-run"], ["--json"]])(
  "a rollback that has nothing to roll back is no success, %s or not",
  async (...args) => {
    const { exitCode, stdout, stderr } = await alicerce("release", "rollback", "database", ...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain("nothing to roll back: database has no ");
    expect(readFileSync(file, "utf8")).toBe(original);
  },
);

test("the help of rollback shows both ways back", async () => {
  const { stdout } = await alicerce("release", "rollback", "--help");
  expect(stdout).toContain("alicerce release rollback database --promotion");
});

test("list tells what is released, as a table or as data", async () => {
  const { stdout } = await alicerce("release", "list", "--json");
  const { releases } = JSON.parse(stdout) as { releases: object[] };
  const retained = { service: "database", version: "2.2.0", state: "retained", percent: null, removeOn: "2099-09-01" };
  expect(releases[1]).toMatchObject(retained);
  expect((await alicerce("release", "list")).stdout).toMatch(/database +│ 3\.0\.0 +│ newest +│ 100 %/);
});

test("a dry run tells what would be, in words or as data, with 0", async () => {
  const args = ["release", "candidate", "database", "4.0.0", "--digest", DIGEST, "--weight", "5", "--dry-run"];
  const words = await alicerce(...args);
  expect([words.exitCode, words.stdout]).toEqual([
    0,
    "4.0.0 gets 5 % of the callers, 3.0.0 the other 95 %.\nThe release data would change; --dry-run left it as it is.",
  ]);
  const { stdout } = await alicerce(...args, "--json");
  const service = { candidate: { version: "4.0.0", digest: DIGEST, weight: 5 } };
  expect(JSON.parse(stdout)).toMatchObject({ name: "database", dryRun: true, changed: true, service });
  expect(readFileSync(file, "utf8")).toBe(original);
});

test("a trial, a promotion and the way back are what the next plan plans", async () => {
  const before = await planned();
  expect(before.trials).toEqual({ b2b: {}, b2c: {}, internal: {} });
  expect(before.candidates).toEqual([]);

  const { stdout } = await alicerce("release", "candidate", "database", "3.1.0", "--digest", DIGEST, "--weight", "25");
  expect(stdout).toContain("Next: npx alicerce plan, then npx alicerce up.");
  const onTrial = await planned();
  const trial = { target: "database-candidate", percent: 25, tools: expect.arrayContaining(["run-query"]) as unknown };
  expect(onTrial.trials).toEqual({ b2b: { database: trial }, b2c: { database: trial }, internal: {} });
  expect(onTrial.candidates).toEqual(["b2b-database-candidate", "b2c-database-candidate"]);
  expect(onTrial.images["mcp-database-candidate"]).toContain(DIGEST);
  expect(onTrial.images["mcp-database-v3"]).toBe(before.images["mcp-database-v3"]);

  const same = await alicerce("release", "weight", "database", "25");
  expect([same.exitCode, same.stdout]).toEqual([
    0,
    "3.1.0 gets 25 % of the callers, 3.0.0 the other 75 %.\nIt is so already: the release data stays as it is.",
  ]);

  await alicerce("release", "promote", "database");
  const promoted = await planned();
  expect(promoted.trials).toEqual(before.trials);
  expect(promoted.candidates).toEqual([]);
  expect(promoted.images["mcp-database-candidate"]).toBeUndefined();
  expect(promoted.images["mcp-database-v3"]).toContain(DIGEST);

  const trialOver = await alicerce("release", "rollback", "database");
  expect([trialOver.exitCode, trialOver.stderr]).toEqual([
    1,
    "alicerce: nothing to roll back: database has no candidate. To return from 3.1.0 to 3.0.0: " +
      "npx alicerce release rollback database --promotion",
  ]);
  await alicerce("release", "rollback", "database", "--promotion");
  expect(readFileSync(file, "utf8")).toBe(original);
  expect(await planned()).toEqual(before);
});

interface Planned {
  /** What the interceptor of each scenario is told of releases on trial. */
  readonly trials: Readonly<Record<string, unknown>>;
  /** The gateways' targets that only an interceptor names. */
  readonly candidates: readonly string[];
  /** What each of the service's runtimes runs. */
  readonly images: Readonly<Record<string, string>>;
}

/** What a tenant's plan says of who gets the calls of its servers. */
async function planned(): Promise<Planned> {
  const { exitCode, stdout, stderr } = await alicerce("plan", "--stack", STACK, "--model");
  expect(exitCode, stderr).toBe(0);
  const { resources } = parsePlan(stdout);
  const inputsOf = (type: string) => resources.filter((it) => it.type.endsWith(`:${type}`));
  const images = inputsOf("AgentcoreAgentRuntime").filter((it) => it.name.startsWith("mcp-database-"));
  return {
    trials: Object.fromEntries(
      inputsOf("Function")
        .filter(({ name }) => name.startsWith("interceptor-"))
        .map(({ name, inputs }) => [name.replace("interceptor-", ""), trialsIn(new Value(inputs))]),
    ),
    candidates: inputsOf("AgentcoreGatewayTarget")
      .map(({ name }) => name)
      .filter((name) => name.endsWith("-candidate"))
      .toSorted(),
    images: Object.fromEntries(
      images.map(({ name, inputs }) => [
        name,
        new Value(inputs).text("agentRuntimeArtifact.containerConfiguration.containerUri") ?? "",
      ]),
    ),
  };
}

function trialsIn(lambda: Value): unknown {
  const { text } = lambda.at("code.assets", "catalogue.json") as { text: string };
  return (JSON.parse(text) as { trials: unknown }).trials;
}

function alicerce(...args: readonly string[]): Promise<{ exitCode?: number; stdout: string; stderr: string }> {
  const main = path.join(copy.folder, "tools/cli/main.ts");
  return execa(process.execPath, [main, ...args], { reject: false, cwd: copy.folder });
}
