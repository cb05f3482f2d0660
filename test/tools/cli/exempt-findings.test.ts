import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { dayOf } from "../../../contracts/day.ts";
import type { Plan } from "../../../plan/model.ts";
import { PROJECT } from "../../../tools/engine/folders.ts";
import { exportOf } from "../../support/written-plans.ts";

const URN = "urn:pulumi:dev::shop::aws:eks/cluster:Cluster::main";
const RULE = "p3-cluster-endpoint-is-private";
const FINDING = '"main" must not have a public API endpoint.';

/** A cluster of somebody else, which is open to the Internet unless it is said otherwise. */
function shop(isPublic: boolean): Plan {
  const inputs = {
    vpcConfig: { endpointPublicAccess: isPublic, endpointPrivateAccess: true, subnetIds: ["a"] },
    enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
  };
  const links = { dependencies: [], propertyDependencies: {} };
  const cluster = { urn: URN, type: "aws:eks/cluster:Cluster", name: "main", custom: true, inputs, ...links };
  return { stack: "dev", complete: true, resources: [cluster] };
}

const exemption = (days: number, change: object = {}): object => ({
  rule: RULE,
  resource: URN,
  finding: FINDING,
  reason: "The office has no private line before the move.",
  owner: "shop@example.com",
  ticket: "SHOP-7",
  expiry: dayOf(new Date(Date.now() + days * 86_400_000)),
  ...change,
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "alicerce-exempt-"));
  await write("dev.json", exportOf(shop(true)));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("judge --exemptions", () => {
  test("is not needed for what is violated to be so", async () => {
    const { exitCode, stdout } = await judge("dev.json");
    expect(stdout).toContain(FINDING);
    expect(exitCode).toBe(3);
  });

  test("takes out what is exempt, and tells it with its reason and who answers for it", async () => {
    await write("exempt.json", JSON.stringify([exemption(60)]));
    const { exitCode, stdout } = await judge("dev.json", "--exemptions", "exempt.json");
    expect(stdout).toMatch(/exempt p3-cluster-endpoint-is-private until \d{4}-\d\d-\d\d \(SHOP-7, shop@example.com\)/);
    expect(stdout).toContain("Reason: The office has no private line before the move.");
    expect(stdout).toContain("No mandatory rule is violated beside 1 finding that somebody has agreed to bear.");
    expect(stdout).not.toContain("Warning");
    expect(exitCode).toBe(0);
  });

  test("warns of one that ends within 30 days", async () => {
    await write("exempt.json", JSON.stringify([exemption(30)]));
    const { exitCode, stdout } = await judge("dev.json", "--exemptions", "exempt.json");
    expect(stdout).toContain("Warning: it ends in 30 days; then this is violated.");
    expect(exitCode).toBe(0);
  });

  test.each([
    ["ended", -1, "must be renewed or removed"],
    ["lasts too long", 181, "must end within 180 days"],
  ])("ends with 3 where one %s", async (_, days, words) => {
    await write("exempt.json", JSON.stringify([exemption(days)]));
    const { exitCode, stdout } = await judge("dev.json", "--exemptions", "exempt.json");
    expect(stdout).toContain(words);
    expect(stdout).toContain(FINDING);
    expect(exitCode).toBe(3);
  });

  test("ends with 3 where nothing needs one", async () => {
    await write("dev.json", exportOf(shop(false)));
    await write("exempt.json", JSON.stringify([exemption(60)]));
    const { exitCode, stdout } = await judge("dev.json", "--exemptions", "exempt.json");
    expect(stdout).toContain("must be removed: there is no such finding");
    expect(exitCode).toBe(3);
  });

  test.each([
    ["accepts no exemption", JSON.stringify([exemption(60, { rule: "p5-encryption-keys-rotate" })])],
    ["without wildcards", JSON.stringify([exemption(60, { resource: "urn:pulumi:*" })])],
    ["it is no JSON", "["],
  ])("judges nothing by a file of which it must say: %s", async (words, text) => {
    await write("exempt.json", text);
    const { exitCode, stderr, stdout } = await judge("dev.json", "--exemptions", "exempt.json");
    expect(stderr).toContain(words);
    expect(stdout).toBe("");
    expect(exitCode).toBe(2);
  });

  test("judges nothing without the file", async () => {
    expect((await judge("dev.json", "--exemptions", "missing.json")).exitCode).toBe(2);
  });

  test("is read from no variable", async () => {
    await write("exempt.json", JSON.stringify([exemption(60)]));
    const variables = { ALICERCE_EXEMPTIONS: path.join(folder, "exempt.json") };
    expect((await judge("dev.json", { env: variables })).exitCode).toBe(3);
  });

  test("is data with --json", async () => {
    await write("exempt.json", JSON.stringify([exemption(10)]));
    const { stdout } = await judge("dev.json", "--exemptions", "exempt.json", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      violations: [],
      exempted: [{ rule: RULE, urn: URN, stack: "dev", ticket: "SHOP-7", owner: "shop@example.com", isEnding: true }],
    });
  });
});

async function write(file: string, text: string): Promise<void> {
  await writeFile(path.join(folder, file), text);
}

async function judge(...args: readonly (string | { env: Record<string, string> })[]) {
  const words = args.filter((it) => typeof it === "string");
  const env = args.find((it) => typeof it !== "string")?.env ?? {};
  const options = { cwd: folder, reject: false, env } as const;
  return execa(process.execPath, [path.join(PROJECT, "tools/cli/main.ts"), "judge", ...words], options);
}
