import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { foldersOf } from "../../../tools/engine/folders.ts";
import { engineAt } from "../../../tools/engine/state/state.ts";
import { injectFaults } from "../../../sandbox/control-plane/faults.ts";
import { type Edit, ProjectCopy } from "../../support/project-copy.ts";

const REGION = "development.us-east-1";
const TENANT = "development.us-east-1.acme-corp";
const DATA = "environments/development.ts";
const NO_B2C: Edit = { file: DATA, find: '["internal", "b2c"]', replace: '["internal"]' };
const NO_TENANT: Edit = {
  file: DATA,
  find: '    "acme-corp": { residency: "us", regions: ["us-east-1"], scenarios: ["internal", "b2c"] },\n',
  replace: "",
};

/** The engine saves its state at the end of an operation only, which takes two thirds of the time. */
const SAVED_AT_THE_END: Edit = {
  file: "tools/engine/environment.ts",
  find: "    PULUMI_SKIP_UPDATE_CHECK:",
  replace: '    PULUMI_SKIP_CHECKPOINTS: "true",\n    PULUMI_SKIP_UPDATE_CHECK:',
};

const copy = new ProjectCopy();
const saveAtEachStep = copy.edit(SAVED_AT_THE_END);
const home = mkdtempSync(join(tmpdir(), "alicerce-operation-"));
const folders = foldersOf(copy.folder, { ...process.env, ALICERCE_HOME: home });

beforeAll(async () => {
  const up = start(["up", "development"]);
  const seen = await until(async () => (await status()).get(REGION)?.condition, /^deploying/);
  expect(seen).toBe(`deploying (pid ${up.pid})`);
  expect((await up).exitCode).toBe(0);
});
afterAll(() => {
  copy.remove();
  rmSync(home, { recursive: true, force: true });
});

describe("what is deployed", () => {
  it("is counted alike by plan, up and status", async () => {
    const { stdout } = await run(["plan", "development", "--json"]);
    const { stacks, changes } = JSON.parse(stdout) as {
      stacks: readonly { address: string; resources: number }[];
      changes: readonly { address: string; same: number }[];
    };
    const kept = await status();
    for (const { address, resources } of stacks) {
      expect(kept.get(address), address).toMatchObject({ condition: "yes", resources });
      expect(changes.find((it) => it.address === address)?.same).toBe(resources);
    }
  });
});

describe("data from which a scenario was taken", { timeout: 600_000 }, () => {
  it("deletes nothing that nobody agreed to", async () => {
    const undo = copy.edit(NO_B2C);
    try {
      const before = resourcesOf(TENANT);
      const plan = await run(["plan", "development"]);
      const [, count = ""] = /acme-corp: \d+ update, (\d+) delete/.exec(plan.stdout) ?? [];
      expect(Number(count), plan.stdout).toBeGreaterThan(100);
      // What its region loses with the scenario, such as the health of its gateways, is counted where all stacks are asked for.
      const deletes = [...plan.stdout.matchAll(/(\d+) delete/g)].map(([, it]) => Number(it));
      const ofAll = deletes.reduce((sum, it) => sum + it, 0);

      const kept = await run(["up", "--stack", TENANT, "--yes"]);
      expect(kept.exitCode).toBe(5);
      const [command = "", urns = ""] =
        /^ {2}pulumi state unprotect --stack \S+((?: \\\n {4}'urn:.*')+)$/m.exec(kept.stderr) ?? [];
      expect(urns.split("\n").length, kept.stderr).toBeGreaterThan(2);
      expect(kept.stderr).toContain(
        `${urns.split("\n").length - 1} protected resources would be deleted or replaced; nothing was changed`,
      );
      const { stdout: variables } = await run(["env", "development"]);
      await execa("sh", ["-ec", `${variables}\n${command} --yes`], { cwd: copy.folder });

      const silent = await run(["up", "--stack", TENANT]);
      expect(silent.exitCode).toBe(5);
      expect(silent.stderr).toContain(`agree with --yes or --allow-deletes ${count}; nothing was changed`);
      const tooMany = await run(["start", "development", "--allow-deletes", "5"]);
      expect(tooMany.exitCode).toBe(5);
      expect(tooMany.stderr).toContain(`${ofAll} resources would be deleted or replaced, more than --allow-deletes 5`);
      const refused = await onTerminal(["up", "--stack", TENANT], /\(y\/N\) $/, "n\r");
      expect(refused.exitCode).toBe(5);
      expect(refused.all).toContain(`Delete or replace ${count} resources? (y/N)`);
      expect(refused.all).toContain("not agreed; nothing was changed");
      expect(resourcesOf(TENANT)).toEqual(before);

      const agreed = await run(["up", "--stack", TENANT, "--allow-deletes", count]);
      expect(agreed.exitCode, agreed.stdout).toBe(0);
      expect(resourcesOf(TENANT).length).toBeLessThan(before.length - 100);
      for (const [, done, total] of agreed.stderr.matchAll(/(\d+) of (\d+) resources/g))
        expect(Number(done)).toBeLessThanOrEqual(Number(total));
    } finally {
      undo();
    }
  });
});

describe("a stack that others stand on", () => {
  it("is not destroyed, and keeps its protection", async () => {
    const before = protectedIn(REGION);
    expect(before.length).toBeGreaterThan(0);
    const { exitCode, stderr } = await run(["destroy", "--stack", REGION, "--yes"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`npx alicerce destroy --stack ${TENANT}`);
    expect(protectedIn(REGION)).toEqual(before);
  });

  it("and nothing is without a word of agreement", async () => {
    const before = resourcesOf(TENANT).length;
    const piped = await run(["destroy", "development"]);
    expect(piped.exitCode).toBe(5);
    expect(piped.stderr).toContain("agree with --yes; nothing was destroyed");
    const refused = await onTerminal(["destroy", "development"], /to do it: $/, "production\r");
    expect(refused.exitCode).toBe(5);
    expect(resourcesOf(TENANT)).toHaveLength(before);
  });
});

describe("a tenant that the data has no longer", { timeout: 600_000 }, () => {
  let undo: () => void;
  beforeAll(() => {
    undo = copy.edit(NO_TENANT);
  });
  afterAll(() => undo());

  it("is listed with the command that removes it", async () => {
    for (const command of ["status", "plan"]) {
      const { stdout } = await run([command, "development"]);
      expect(stdout).toContain(`Deployed, no longer in the data: ${TENANT}`);
      expect(stdout).toContain(`npx alicerce destroy --stack ${TENANT}`);
    }
  });

  it("bears its protection again after its destruction failed", async () => {
    const before = protectedIn(TENANT);
    injectFaults(folders.sandbox, [{ kind: "fail", operation: "delete", type: "aws:s3/bucket:Bucket", times: 20 }]);
    const { exitCode } = await run(["destroy", "--stack", TENANT, "--yes"]);
    injectFaults(folders.sandbox, []);
    expect(exitCode).toBe(1);
    const left = new Set(resourcesOf(TENANT));
    expect(protectedIn(TENANT)).toEqual(before.filter((it) => left.has(it)));
    expect((await status()).get(TENANT)?.condition).toBe("partly destroyed");
  });

  it("bears its protection again after the run was killed, once there is another run", async () => {
    const before = protectedIn(TENANT);
    saveAtEachStep();
    const destroying = start(["destroy", "--stack", TENANT, "--yes"]);
    const ended = destroying.catch(() => undefined);
    await until(() => Promise.resolve(protectedIn(TENANT).length), 0);
    const engine = await until(() => engineAt(folders, TENANT), /\d/);
    destroying.kill("SIGKILL");
    process.kill(Number(engine), "SIGKILL");
    await ended;
    // The environment's stack has a role that deploys the tenant's, which goes with its line in the data.
    const another = await run(["up", "--stack", "development", "--yes"]);
    expect(another.exitCode, another.stdout + another.stderr).toBe(0);
    const left = new Set(resourcesOf(TENANT));
    expect(left.size).toBeGreaterThan(0);
    expect(protectedIn(TENANT)).toEqual(before.filter((it) => left.has(it)));
  });

  it("is destroyed by its address", async () => {
    const { exitCode, stdout } = await run(["destroy", "--stack", TENANT, "--yes"]);
    expect(exitCode, stdout).toBe(0);
    expect(resourcesOf(TENANT)).toEqual([]);
    expect((await run(["status", "development"])).stdout).not.toContain("acme-corp");
    expect(readdirSync(join(folders.engine, "teardown"))).toEqual([]);
  });
});

describe("the program itself", () => {
  it("refuses a wrong environment under plain Pulumi, too", async () => {
    const undo = copy.edit({ file: DATA, find: '"b2c"', replace: '"b2x"' });
    const { stdout } = await execa("sh", ["-c", "node tools/cli/main.ts env staging"], {
      cwd: copy.folder,
      env: { ALICERCE_HOME: home },
    });
    const preview = await execa("sh", ["-c", `${stdout}\npulumi preview --non-interactive -s ${REGION}`], {
      cwd: copy.folder,
      reject: false,
      all: true,
    });
    undo();
    expect(preview.exitCode).not.toBe(0);
    expect(preview.all).toContain(
      'environments/development.ts: tenants.acme-corp.scenarios[1]: "b2x": did you mean "b2c"?',
    );
  });
});

interface Condition {
  readonly address: string;
  readonly condition: string;
  readonly resources: number;
}

async function status(): Promise<ReadonlyMap<string, Condition>> {
  const { stdout } = await run(["status", "development", "--json"]);
  return new Map((JSON.parse(stdout) as { stacks: readonly Condition[] }).stacks.map((it) => [it.address, it]));
}

interface Kept {
  readonly urn: string;
  readonly protect?: boolean;
}

function keptOf(address: string): readonly Kept[] {
  const file = join(folders.state, ".pulumi/stacks/alicerce", `${address}.json`);
  const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as {
    checkpoint: { latest?: { resources?: readonly Kept[] } };
  };
  return checkpoint.latest?.resources ?? [];
}

function resourcesOf(address: string): readonly string[] {
  return keptOf(address).map((it) => it.urn);
}

function protectedIn(address: string): readonly string[] {
  return keptOf(address)
    .filter((it) => it.protect === true)
    .map((it) => it.urn);
}

/** Asks again and again, until the answer is the one wanted. */
async function until<T>(ask: () => Promise<T>, wanted: RegExp | number): Promise<T> {
  for (const end = Date.now() + 120_000; Date.now() < end;) {
    const answer = await ask();
    if (wanted instanceof RegExp ? wanted.test(String(answer)) : answer === wanted) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`it never was ${String(wanted)}`);
}

function start(args: readonly string[]) {
  return execa(process.execPath, ["tools/cli/main.ts", ...args], {
    cwd: copy.folder,
    env: { ALICERCE_HOME: home },
    stdin: "ignore",
    reject: false,
  });
}

async function run(args: readonly string[]) {
  const { exitCode, stdout, stderr } = await start(args);
  return { exitCode, stdout, stderr };
}

/** Runs a command on a terminal, and types an answer when `prompt` is at the end of what it has printed. */
async function onTerminal(args: readonly string[], prompt: RegExp, answer: string) {
  const command = [process.execPath, "tools/cli/main.ts", ...args].join(" ");
  const child = execa("script", ["-qec", command, "/dev/null"], {
    cwd: copy.folder,
    env: { ALICERCE_HOME: home },
    reject: false,
    all: true,
  });
  let seen = "";
  child.stdout.on("data", (it: Buffer) => {
    seen += it.toString();
    // What moves the cursor is not part of the question.
    if (prompt.test(seen.replaceAll(/\u001B\[[\d;?]*[A-Za-z]/g, ""))) child.stdin.write(answer);
  });
  const { exitCode, all } = await child;
  return { exitCode, all };
}
