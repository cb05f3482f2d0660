import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { execa } from "execa";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { StackResult } from "../../../tools/cli/rollout/stack-result.ts";
import { deploy } from "../../../tools/cli/rollout/deployment.ts";
import { Report, reported } from "../../../tools/report/report.ts";
import { prepareEngine } from "../../../tools/engine/engine.ts";
import type { Source } from "../../../plan/model.ts";
import { ProjectCopy } from "../../support/project-copy.ts";
import { temporaryProject } from "../engine/temporary-project.ts";

const OPENED = {
  file: "components/gateway/gateway.ts",
  find: 'authorizerType: "CUSTOM_JWT"',
  replace: 'authorizerType: "NONE"',
};

interface Finding {
  readonly rule: string;
  readonly stacks: readonly string[];
  readonly findings: readonly { readonly stack: string; readonly urn: string; readonly source: Source }[];
}

interface ReportJson {
  readonly schemaVersion: number;
  readonly command: string;
  readonly environment: string;
  readonly status: string;
  readonly reason: string | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly verdict: { readonly violated: readonly Finding[] } | null;
  readonly stacks: readonly { readonly address: string; readonly operation: { outcome: string } | null }[];
}

let home: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "alicerce-report-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe("the report is of the last command", () => {
  let copy: ProjectCopy;
  beforeAll(() => {
    copy = new ProjectCopy();
  });
  afterAll(() => copy.remove());

  test("that planned, that was refused, and that could not plan at all", async () => {
    expect(await alicerce("plan", "development")).toBe(0);
    expect(data()).toMatchObject({ schemaVersion: 1, command: "plan", status: "succeeded", reason: null });
    expect(data().verdict?.violated).toEqual([]);

    const close = copy.edit(OPENED);
    const planned = await start("plan", "development", "--sarif", path.join(home, "findings.sarif"));
    expect(planned.exitCode).toBe(3);
    expect(planned.stdout).toMatch(/\n {4}at components\/gateway\/gateway\.ts:\d+\n/);
    expectRefusal("plan");
    const found = readFileSync(path.join(home, "findings.sarif"), "utf8");
    expect(found).toContain('"ruleId": "p1-gateways-authenticate-callers"');
    expect(found).toContain('"uri": "components/gateway/gateway.ts"');
    expect(await alicerce("up", "development")).toBe(3);
    expectRefusal("up");
    close();

    const mend = copy.edit({ ...OPENED, replace: "authorizerType: nobody()" });
    expect(await alicerce("plan", "development")).toBe(1);
    expect(data()).toMatchObject({ command: "plan", status: "failed", verdict: null });
    expect(data().reason).toContain("nobody is not defined");
    mend();
  });

  test("that was stopped while it planned", async () => {
    const run = start("plan", "production");
    await expect.poll(() => text("report.json").includes('"running"'), { timeout: 60_000 }).toBe(true);
    run.kill("SIGINT");
    expect((await run).exitCode).toBe(130);
    expect(data()).toMatchObject({ status: "interrupted", reason: "stopped by a signal", verdict: null });
  });

  test("and not of one that another run kept from beginning", async () => {
    await mkdir(path.join(home, "run.lock"));
    await writeFile(path.join(home, "run.pid"), String(process.pid));
    expect(await alicerce("up", "development")).toBe(1);
    expect(await readdir(home)).not.toContain("report");
  });

  function expectRefusal(command: string): void {
    const { status, reason, verdict, ...rest } = data();
    expect(rest).toMatchObject({ command, environment: "development" });
    expect([status, reason]).toEqual(["violated", "p1-gateways-authenticate-callers"]);
    const [group] = verdict?.violated ?? [];
    expect(group).toMatchObject({
      rule: "p1-gateways-authenticate-callers",
      stacks: ["development.us-east-1.acme-corp"],
    });
    const { urn, source } = group!.findings[0]!;
    expect(urn).toContain("urn:pulumi:development.us-east-1.acme-corp::");
    expect(source.file).toBe("components/gateway/gateway.ts");
    const page = text("report.md");
    expect(page).toContain(`# ${command} development: violated`);
    expect(page.split("### p1-gateways-authenticate-callers")).toHaveLength(2);
    expect(page).toContain(`\`${urn}\` at components/gateway/gateway.ts:${source.line}`);
    expect(page).not.toContain("running");
  }

  function start(...args: readonly string[]) {
    const main = path.join(copy.folder, "tools/cli/main.ts");
    return execa(process.execPath, [main, ...args], { env: { ALICERCE_HOME: home }, cwd: copy.folder, reject: false });
  }

  async function alicerce(...args: readonly string[]): Promise<number | undefined> {
    return (await start(...args)).exitCode;
  }
});

describe("during a deployment the report says how far each stack is", () => {
  test("until it is over", async () => {
    await using project = await temporaryProject(
      '\nif (pulumi.getStack() === "production.eu-west-1") throw new Error("no");',
    );
    const engine = await prepareEngine({ folders: project.folders });
    const addresses = ["production", "production.eu-west-1", "production.eu-west-1.xyz-gmbh"];
    const seen: string[] = [];
    const report = new Report(folder(), { command: "up", environment: "production", addresses }, new Date());
    await report.begin();
    expect(text("report.md")).toContain(`Running since`);
    const watch = report.watch("operation");
    const observer = {
      started: (address: string): void => {
        watch.started(address);
        seen.push(address);
      },
      ended: (result: StackResult): void => watch.ended(result),
    };
    await deploy(engine, {
      operation: "up",
      addresses,
      parallel: 1,
      signal: new AbortController().signal,
      observer,
    });
    await report.end(1, null);
    expect(seen).toEqual(addresses.slice(0, 2));
    expect(data().stacks.map((it) => it.operation?.outcome)).toEqual(["succeeded", "failed", "left out"]);
    expect(data()).toMatchObject({ status: "failed", reason: "production.eu-west-1 failed, for the errors below" });
    expect(text("report.md")).toContain("Error: no");
    expect(text("report.md")).toContain("| production.eu-west-1 |  | failed |");
  });

  test("and what was begun is running, what was not is not begun", async () => {
    const addresses = ["production", "staging"];
    const report = new Report(folder(), { command: "start", environment: "production", addresses }, new Date());
    report.watch("operation").started("production");
    await report.begin();
    expect(data()).toMatchObject({ status: "running", endedAt: null, pid: process.pid });
    expect(data().stacks.map((it) => it.operation)).toEqual([{ outcome: "running" }, null]);
    expect(text("report.md")).toContain("| production |  | running |  | not begun |");
  });
});

test("what cannot be written leaves no older report behind", async () => {
  await reported(folder(), { command: "plan", environment: "production", addresses: [] }, () => Promise.resolve());
  expect(await readdir(folder())).toEqual(["report.json", "report.md"]);
  // A folder of the name cannot be replaced by a file.
  await rm(path.join(folder(), "report.md"));
  await mkdir(path.join(folder(), "report.md", "in-the-way"), { recursive: true });
  await reported(folder(), { command: "up", environment: "staging", addresses: [] }, () => Promise.resolve());
  expect(await readdir(folder())).toEqual(["report.md"]);
});

test("an error is the reason, and goes on", async () => {
  const about = { command: "destroy", environment: "staging", addresses: ["staging"] } as const;
  const failing = reported(folder(), about, () => Promise.reject(new Error("no engine")));
  await expect(failing).rejects.toThrow("no engine");
  expect(data()).toMatchObject({ command: "destroy", status: "failed", reason: "no engine" });
  const stopped = AbortSignal.abort();
  await expect(reported(folder(), about, () => Promise.reject(new Error("aborted")), stopped)).rejects.toThrow();
  expect(data()).toMatchObject({ status: "interrupted" });
});

function folder(): string {
  return path.join(home, "report");
}

function text(name: string): string {
  try {
    return readFileSync(path.join(folder(), name), "utf8");
  } catch {
    return ""; // not written yet
  }
}

function data(): ReportJson {
  return JSON.parse(text("report.json")) as ReportJson;
}
