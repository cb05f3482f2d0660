import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { execa } from "execa";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Plan } from "../../../../plan/model.ts";
import { PROJECT } from "../../../../tools/engine/folders.ts";
import { proveWhole } from "../../../../tools/cli/judging/whole-environments.ts";
import { planStacks } from "../../../../tools/offline-planner/plan.ts";
import { TODAY } from "../../../support/rule-tester.ts";
import { exportOf } from "../../../support/written-plans.ts";

let environment: readonly Plan[];
let folder: string;

beforeAll(async () => {
  const addresses = ["development", "development.us-east-1", "development.us-east-1.acme-corp"];
  environment = (await planStacks(addresses, { preview: "known" })).map((it) => it.plan);
});

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "alicerce-whole-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe("proofs over files", () => {
  test("refuse where one is violated, although every rule holds", async () => {
    const [first, second, third] = environment;
    await write("development.json", exportOf(first!));
    await write("region.json", exportOf(second!));
    await write("tenant.json", exportOf(granting(third!, "dynamodb:Scan")));
    const { exitCode, stdout } = await judge(".");
    expect(stdout).toContain("violated p8-roles-hold-what-their-code-calls: 1 finding in 1 stack");
    expect(stdout).toContain("must not grant dynamodb:Scan: nobody calls it.");
    expect(stdout).toMatch(/\d+ proofs over all 3 stacks of the environment in /);
    expect(exitCode).toBe(3);
  });

  test("are not run where a stack of the environment is missing, and that is said", async () => {
    const [first, second] = environment;
    await write("development.json", exportOf(first!));
    await write("region.json", exportOf(second!));
    const { stdout } = await judge("development.json", "region.json");
    expect(stdout).toContain(
      "No proofs were run over development: development.us-east-1.acme-corp of the environment is not among the files.",
    );
    const { unproved, proofs } = JSON.parse((await judge("development.json", "--json")).stdout) as Record<
      string,
      unknown
    >;
    expect(proofs).toBeNull();
    expect(unproved).toEqual([
      {
        environment: "development",
        why: "development.us-east-1 and 1 more stack of the environment are not among the files",
      },
    ]);
  });

  test("are not run where the data has a stack no longer, and that is said", async () => {
    for (const [i, it] of environment.entries()) await write(`${i}.json`, exportOf(it));
    const urn = "urn:pulumi:development.us-east-1.gone::alicerce::pulumi:pulumi:Stack::alicerce";
    const root = { urn, type: "pulumi:pulumi:Stack", name: "alicerce", custom: false, inputs: {}, dependencies: [] };
    await write("gone.json", exportOf({ stack: "development.us-east-1.gone", complete: true, resources: [root] }));
    const { stdout } = await judge(".");
    expect(stdout).toContain("No proofs were run over development: the data has no development.us-east-1.gone.");
  });

  test("are counted together over several environments", async () => {
    const two = [...environment, ...environment.map(renamed)];
    const { proved, unproved } = await proveWhole(two, TODAY);
    expect(unproved).toEqual([
      { environment: "staging", why: expect.stringMatching(/^the data has no staging\.us-east-1/) as string },
    ]);
    expect(proved?.stacks).toEqual(environment.map((it) => it.stack));
  });

  test("are not run where no stack is of this platform", async () => {
    expect(await proveWhole([{ stack: "dev", complete: true, resources: [] }], TODAY)).toEqual({
      proved: undefined,
      unproved: [],
    });
  });
});

function renamed(plan: Plan): Plan {
  return { ...plan, stack: plan.stack.replace("development", "staging") };
}

/** A tenant's plan in which the role of an interceptor is granted one more action on its table. */
function granting(plan: Plan, action: string): Plan {
  const resources = plan.resources.map((it) => {
    if (it.name !== "interceptor-internal-table") return it;
    const policy = String(it.inputs["policy"]).replace('"dynamodb:UpdateItem"', `"dynamodb:UpdateItem","${action}"`);
    return { ...it, inputs: { ...it.inputs, policy } };
  });
  return { ...plan, resources };
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(path.join(folder, file), text);
}

async function judge(...args: readonly string[]) {
  const options = { cwd: folder, reject: false } as const;
  return execa(process.execPath, [path.join(PROJECT, "tools/cli/main.ts"), "judge", ...args], options);
}
