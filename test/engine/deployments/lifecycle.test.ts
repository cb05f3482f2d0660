import { readState, StateError } from "../../../tools/engine/state/state.ts";
import { repairState } from "../../../tools/engine/state/state-repair.ts";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Engine, prepareEngine } from "../../../tools/engine/engine.ts";
import { foldersOf, PROJECT } from "../../../tools/engine/folders.ts";
import { exportStack, type OperationResult, runOperation, unprotectAll } from "../../../tools/engine/stack.ts";
import { drift } from "../../../sandbox/control-plane/drift.ts";
import { injectFaults } from "../../../sandbox/control-plane/faults.ts";
import { DiskStore } from "../../../sandbox/control-plane/store/disk-store.ts";
import { ProjectCopy } from "../../support/project-copy.ts";

const PACK = { policyPacks: ["policies"] };
const ENVIRONMENT = "development";
const REGION = "development.us-east-1";
const TENANT = "development.us-east-1.acme-corp";
const home = mkdtempSync(join(tmpdir(), "alicerce-lifecycle-"));
/** Saves its state at the end of an operation only, which takes two thirds of the time; one that is killed saves it at each step. */
let engine: Engine;
let store: DiskStore;

beforeAll(async () => {
  const prepared = await prepareEngine({ folders: foldersOf(PROJECT, { ...process.env, ALICERCE_HOME: home }) });
  engine = { ...prepared, environment: { ...prepared.environment, PULUMI_SKIP_CHECKPOINTS: "true" } };
  store = new DiskStore(engine.folders.sandbox);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** The operation's outcome, with all that it said when that is not what was expected. */
async function expectOutcome(
  outcome: OperationResult["outcome"],
  operation: Promise<OperationResult>,
): Promise<OperationResult> {
  const result = await operation;
  expect(result.outcome, JSON.stringify([result.diagnostics, result.violations], null, 1)).toBe(outcome);
  return result;
}

interface Exported {
  readonly deployment: {
    readonly resources?: readonly {
      readonly urn: string;
      readonly custom: boolean;
      readonly type: string;
      readonly id?: string;
    }[];
  };
}

/** The resources that the engine's state has and that a provider made. */
async function stateOf(address: string) {
  const { deployment } = (await exportStack(engine, address)) as Exported;
  return (deployment.resources ?? []).filter((it) => it.custom && !it.type.startsWith("pulumi:"));
}

/** Nothing lost, nothing doubled: the state and the sandbox hold the same resources. */
async function expectStateToMatchTheSandbox(address: string): Promise<void> {
  const inState = (await stateOf(address)).map((it) => `${it.urn} ${it.id ?? ""}`).sort();
  const inSandbox = store
    .all()
    .filter((it) => it.urn.startsWith(`urn:pulumi:${address}::`))
    .map((it) => `${it.urn} ${it.id}`)
    .sort();
  expect(inSandbox).toEqual(inState);
}

describe("a stack on the real engine", () => {
  it("is previewed and judged without anything being created", async () => {
    const { changes } = await expectOutcome("succeeded", runOperation(engine, ENVIRONMENT, "preview", PACK));
    expect(changes["create"]).toBeGreaterThan(5);
    expect(store.all()).toEqual([]);
  });

  it("can be previewed, but not deployed, before the stack that it reads from", async () => {
    const { violations } = await expectOutcome("succeeded", runOperation(engine, REGION, "preview", PACK));
    expect(violations.map((it) => it.name)).toContain("p8-roles-stay-inside-the-boundary");
    expect(violations.filter((it) => it.mandatory)).toEqual([]);
    const { diagnostics } = await expectOutcome("failed", runOperation(engine, REGION, "up", PACK));
    expect(diagnostics.map((it) => it.message).join("\n")).toContain('stack "development" is not deployed');
    expect(store.all()).toEqual([]);
  });

  it("comes up, and then has no changes", async () => {
    await expectOutcome("succeeded", runOperation(engine, ENVIRONMENT, "up", PACK));
    await expectStateToMatchTheSandbox(ENVIRONMENT);
    await expectOutcome("succeeded", runOperation(engine, ENVIRONMENT, "preview", { ...PACK, expectNoChanges: true }));
  });

  it("shows drift on refresh and repairs it", async () => {
    const zone = store.all().find((it) => it.type === "aws:route53/zone:Zone");
    const comment = zone?.inputs["comment"];
    drift(store, zone?.urn ?? "", { comment: "changed by hand" });
    const refreshed = await expectOutcome("succeeded", runOperation(engine, ENVIRONMENT, "refresh"));
    expect(refreshed.changes["update"]).toBe(1);
    const repaired = await expectOutcome("succeeded", runOperation(engine, ENVIRONMENT, "up", PACK));
    expect(repaired.changes["update"]).toBe(1);
    expect(store.all().find((it) => it.urn === zone?.urn)?.inputs["comment"]).toBe(comment);
    await expectOutcome("succeeded", runOperation(engine, ENVIRONMENT, "preview", { expectNoChanges: true }));
  });

  it("notices what somebody has deleted, and makes it again", async () => {
    const zone = store.all().find((it) => it.type === "aws:route53/zone:Zone");
    if (zone !== undefined) store.remove(zone);
    const refreshed = await expectOutcome("succeeded", runOperation(engine, ENVIRONMENT, "refresh"));
    expect(refreshed.changes["delete"]).toBe(1);
    await expectOutcome("succeeded", runOperation(engine, ENVIRONMENT, "up", PACK));
    await expectStateToMatchTheSandbox(ENVIRONMENT);
  });

  it("resumes after being throttled and half-failed, with nothing lost and nothing doubled", async () => {
    injectFaults(engine.folders.sandbox, [
      { kind: "half-fail", type: "aws:ec2/natGateway:NatGateway" },
      { kind: "throttle", type: "aws:ec2/vpcEndpoint:VpcEndpoint", times: 2 },
    ]);
    const failed = await expectOutcome("failed", runOperation(engine, REGION, "up", PACK));
    expect(failed.diagnostics.map((it) => it.message).join("\n")).toMatch(/ThrottlingException|did not become ready/);
    await expectOutcome("succeeded", runUntilFaultsAreShown());
    await expectStateToMatchTheSandbox(REGION);
    await expectOutcome("succeeded", runOperation(engine, REGION, "preview", { expectNoChanges: true }));
  });

  it("creates nothing of a stack that violates a premise, though nobody previews it, and leaves the rest alone", async () => {
    const copy = new ProjectCopy();
    try {
      copy.edit({
        file: "components/gateway/gateway.ts",
        find: 'authorizerType: "CUSTOM_JWT"',
        replace: 'authorizerType: "NONE"',
      });
      const broken: Engine = { ...engine, folders: { ...engine.folders, project: copy.folder } };
      const before = store.all().length;
      const { violations } = await expectOutcome("refused", runOperation(broken, TENANT, "up", PACK));
      expect(new Set(violations.map((it) => it.name))).toContain("p1-gateways-authenticate-callers");
      expect(await stateOf(TENANT)).toEqual([]);
      expect(store.all().length).toBe(before);
    } finally {
      copy.remove();
    }
  });

  it("resumes after the engine was killed in the middle", async () => {
    await killedInTheMiddle(TENANT);
    await repairedIfTorn(TENANT);
    expect((await stateOf(TENANT)).length).toBeGreaterThan(0);
    await expectOutcome("succeeded", runOperation(engine, TENANT, "up", PACK));
    await expectStateToMatchTheSandbox(TENANT);
    await expectOutcome("succeeded", runOperation(engine, TENANT, "preview", { ...PACK, expectNoChanges: true }));
  });

  it("is judged from its state alone", async () => {
    const file = join(home, "state.json");
    const analyze = async (state: unknown) => {
      writeFileSync(file, JSON.stringify(state));
      const args = ["policy", "analyze", "--file", file, "--policy-pack", "policies", "--non-interactive"];
      return execa(engine.cli.file, args, { cwd: PROJECT, env: engine.environment, extendEnv: false, reject: false });
    };
    const state = await exportStack(engine, REGION);
    const sound = await analyze(state);
    expect(sound.exitCode, sound.stdout + sound.stderr).toBe(0);
    const opened = JSON.parse(
      JSON.stringify(state).replaceAll('"endpointPublicAccess":false', '"endpointPublicAccess":true'),
    ) as unknown;
    const { exitCode, stdout } = await analyze(opened);
    expect(exitCode).not.toBe(0);
    expect(stdout).toContain("p3-cluster-endpoint-is-private");
  });

  it("refuses to destroy what another stack still uses", async () => {
    await unprotectAll(engine, REGION);
    const { diagnostics } = await expectOutcome("failed", runOperation(engine, REGION, "destroy"));
    expect(diagnostics.map((it) => it.message).join("\n")).toContain("DependencyViolation");
  });

  it("is destroyed without a trace", async () => {
    for (const address of [TENANT, REGION, ENVIRONMENT]) {
      await unprotectAll(engine, address);
      await expectOutcome("succeeded", runOperation(engine, address, "destroy"));
      expect(await stateOf(address)).toEqual([]);
    }
    expect(store.all()).toEqual([]);
    expect(
      readdirSync(engine.folders.sandbox, { recursive: true }).filter((it) => String(it).endsWith(".part")),
    ).toEqual([]);
  });
});

/** Runs `up` again until the sandbox has shown every fault it was asked for: each run may meet one more. */
async function runUntilFaultsAreShown(): Promise<OperationResult> {
  for (let run = 0; run < 5; run++) {
    const result = await runOperation(engine, REGION, "up", PACK);
    if (result.outcome === "succeeded") return result;
  }
  return runOperation(engine, REGION, "up", PACK);
}

/** An engine that is killed while it writes its state leaves half of it; then the newest copy is put in its place, as `alicerce state repair` does. */
async function repairedIfTorn(address: string): Promise<void> {
  try {
    await readState(engine.folders, address);
  } catch (error) {
    if (!(error instanceof StateError) || error.copy === undefined) throw error;
    await repairState(engine.folders, address, error.copy, new Date());
  }
}

/** Starts an `up` and kills the engine, hard, once some resources have been made. */
async function killedInTheMiddle(address: string): Promise<void> {
  const urn = `urn:pulumi:${address}::`;
  await runOperation(engine, address, "preview");
  const args = ["up", "--yes", "--skip-preview", "--non-interactive", "--stack", `organization/alicerce/${address}`];
  const child = execa(engine.cli.file, args, {
    cwd: PROJECT,
    env: { ...engine.environment, PULUMI_SKIP_CHECKPOINTS: "false" },
    extendEnv: false,
    reject: false,
  });
  const made = (): number => store.all().filter((it) => it.urn.startsWith(urn)).length;
  for (let waited = 0; made() < 30 && waited < 60_000; waited += 50)
    await new Promise((resolve) => setTimeout(resolve, 50));
  child.kill("SIGKILL");
  await child;
  expect(made()).toBeGreaterThanOrEqual(30);
}
