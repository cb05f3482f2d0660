import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isRecord } from "../../../contracts/json.ts";
import { addressesOf, parentAddressOf } from "../../../environments/address.ts";
import { environments } from "../../../environments/index.ts";
import type { PlannedResource } from "../../../plan/model.ts";
import { type Engine, ensureStack, fullName, prepareEngine } from "../../../tools/engine/engine.ts";
import { foldersOf, PROJECT } from "../../../tools/engine/folders.ts";
import { planStacks, type StackPlan } from "../../../tools/offline-planner/plan.ts";
import { decode } from "../../../sandbox/control-plane/wire.ts";
import { UNKNOWN } from "../../../plan/model.ts";

const ADDRESSES = Object.values(environments).flatMap(addressesOf);
const plans = { known: await planned("known"), realistic: await planned("realistic") };
const KINDS = onePerKind([...plans.known.values()]);
const home = mkdtempSync(join(tmpdir(), "alicerce-parity-"));
let engine: Engine;

beforeAll(async () => {
  engine = await prepareEngine({ folders: foldersOf(PROJECT, { ...process.env, ALICERCE_HOME: home }) });
  // Every stack but the tenants' is read by others: give each the outputs that it has once it is deployed.
  for (const address of new Set(ADDRESSES.flatMap((it) => parentAddressOf(it) ?? []))) await deployOutputsOnly(address);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe.each([
  ["realistic", KINDS],
  ["known", ADDRESSES.filter((it) => it.startsWith("staging"))],
] as const)("in the %s preview, the offline planner and the real engine agree", (mode, addresses) => {
  it.concurrent.each(addresses)("on every resource, input, parent and dependency of %s", async (address) => {
    const previewed = await preview(address, mode);
    const planned = new Map(plans[mode].get(address)?.plan.resources.map((it) => [it.urn, comparable(it)]));
    expect([...planned.keys()].sort()).toEqual([...previewed.keys()].sort());
    for (const [urn, resource] of previewed) expect(alike(planned.get(urn), resource), urn).toEqual(resource);
  });
});

async function planned(preview: "known" | "realistic"): Promise<ReadonlyMap<string, StackPlan>> {
  return new Map((await planStacks(ADDRESSES, { preview })).map((it) => [it.address, it]));
}

/** Stacks with as many resources of each type are of one kind: they differ in names and data alone, and the first stands for all. */
function onePerKind(stacks: readonly StackPlan[]): readonly string[] {
  const kinds = new Map<string, string[]>();
  for (const { address, plan } of stacks) {
    const kind = plan.resources
      .map((it) => it.type)
      .sort()
      .join();
    kinds.set(kind, [...(kinds.get(kind) ?? []), address]);
  }
  for (const [first, ...others] of kinds.values())
    if (others.length > 0)
      console.log(`test/engine/deployments/parity.test.ts: ${first} stands for ${others.join(", ")}`);
  return [...kinds.values()].flatMap(([first = ""]) => first);
}

/** A resource as the engine's JSON shows it: what is empty is left out. */
type PreviewedState = Omit<PlannedResource, "inputs" | "dependencies"> &
  Partial<Pick<PlannedResource, "inputs" | "dependencies">>;

/** The key that marks assets and archives on the wire. */
const ASSET = "4dabf18193072939515e22adb298388d";

interface Comparable {
  readonly inputs: unknown;
  readonly parent: string;
  readonly provider: string;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: unknown;
}

function comparable(
  it: Pick<PlannedResource, "inputs" | "parent" | "provider" | "dependencies" | "propertyDependencies">,
): Comparable {
  return {
    inputs: it.inputs,
    parent: it.parent ?? "",
    provider: it.provider?.split("::").slice(0, 4).join("::") ?? "",
    dependencies: [...it.dependencies].sort(),
    propertyDependencies: Object.fromEntries(
      Object.entries(it.propertyDependencies ?? {}).flatMap(([key, urns]) =>
        urns.length === 0 ? [] : [[key, [...urns].sort()]],
      ),
    ),
  };
}

/** The planned value with what the engine does not show (secrets) or adds (checksums of assets) taken from the engine's. */
function alike(planned: unknown, shown: unknown): unknown {
  if (shown === "[secret]" && planned !== undefined) return shown;
  if (Array.isArray(planned) && Array.isArray(shown)) return planned.map((it, i) => alike(it, shown[i]));
  if (!isRecord(planned) || !isRecord(shown)) return planned;
  const checksum = ASSET in planned && "hash" in shown ? { hash: shown["hash"] } : {};
  return {
    ...Object.fromEntries(Object.entries(planned).map(([key, it]) => [key, alike(it, shown[key])])),
    ...checksum,
  };
}

async function preview(address: string, mode: "realistic" | "known"): Promise<Map<string, Comparable>> {
  await ensureStack(engine, address);
  const env = { ...engine.environment, ALICERCE_PREVIEW: mode };
  const args = ["preview", "--json", "--non-interactive", "--stack", fullName(address)];
  const { stdout } = await execa(engine.cli.file, args, { cwd: PROJECT, env, extendEnv: false });
  const { steps } = JSON.parse(stdout) as {
    readonly steps: readonly { readonly urn: string; readonly newState: PreviewedState }[];
  };
  return new Map(
    steps.map(({ urn, newState }) => {
      const { __internal, ...inputs } = decode(newState.inputs ?? {});
      expect(__internal === undefined || isRecord(__internal)).toBe(true);
      return [urn, comparable({ ...newState, inputs, dependencies: newState.dependencies ?? [] })];
    }),
  );
}

async function deployOutputsOnly(address: string): Promise<void> {
  await ensureStack(engine, address);
  const urn = `urn:pulumi:${address}::alicerce::pulumi:pulumi:Stack::alicerce-${address}`;
  const outputs = decode(plans.known.get(address)?.outputs ?? {});
  expect(Object.values(outputs)).not.toContain(UNKNOWN);
  const manifest = { time: "2026-01-01T00:00:00Z", magic: "", version: "" };
  const deployment = {
    version: 3,
    deployment: { manifest, resources: [{ urn, custom: false, type: "pulumi:pulumi:Stack", outputs }] },
  };
  const file = join(home, `${address}.json`);
  writeFileSync(file, JSON.stringify(deployment));
  await execa(engine.cli.file, ["stack", "import", "--file", file, "--stack", fullName(address), "--non-interactive"], {
    cwd: PROJECT,
    env: engine.environment,
    extendEnv: false,
  });
}
