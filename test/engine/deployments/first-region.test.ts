import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MCP_SERVERS } from "../../../releases/releases.ts";
import { foldersOf } from "../../../tools/engine/folders.ts";
import { writeProviderPlugins } from "../../../tools/engine/plugins.ts";
import { BUILT_DIGEST, FakeDocker } from "../../tools/build/fake-docker.ts";
import { ProjectCopy } from "../../support/project-copy.ts";
import { type AwsAccount, awsAccount } from "../../tools/doctor/aws-account.ts";

const home = mkdtempSync(join(tmpdir(), "alicerce-first-region-"));
const backend = join(home, "backend");
const stacks = join(backend, ".pulumi/stacks/alicerce");
const [ENVIRONMENT, REGION, TENANT] = [
  "development",
  "development.us-east-1",
  "development.us-east-1.acme-corp",
] as const;
let account: AwsAccount;
let copy: ProjectCopy;
let docker: FakeDocker;

interface Said {
  readonly findings: readonly { readonly check: string; readonly outcome: string }[];
  readonly changes: readonly { readonly address: string; readonly create: number }[];
  readonly stacks: readonly {
    readonly address: string;
    readonly outcome: string;
    readonly diagnostics: readonly { readonly message: string }[];
    readonly violations: readonly { readonly message: string }[];
  }[];
}

beforeAll(async () => {
  account = await awsAccount();
  docker = new FakeDocker();
  copy = new ProjectCopy();
  // The sandbox then pulls images, as AWS does.
  copy.edit({
    file: "infra/artifacts/built-images.ts",
    find: "ALICERCE_SANDBOX: sandbox }",
    replace: "NO_SANDBOX: sandbox }",
  });
  copy.edit({ file: "tools/doctor/doctor.ts", find: 'env["ALICERCE_SANDBOX"] !== undefined', replace: "false" });
  copy.edit({
    file: "tools/cli/rollout/aws-rollout.ts",
    find: 'process.env["ALICERCE_SANDBOX"] === undefined',
    replace: "true",
  });
  mkdirSync(backend);
  await writeProviderPlugins(foldersOf(copy.folder, { ALICERCE_HOME: home }));
});
afterAll(async () => {
  docker.remove();
  await account.close();
  copy.remove();
  rmSync(home, { recursive: true, force: true });
});

function alicerce(...args: readonly string[]) {
  return started(args, { PULUMI_SKIP_CHECKPOINTS: "true" });
}

/** Starts the command. The engine saves its state at each step, unless it is told to save it at the end only, which takes two thirds of the time. */
function started(args: readonly string[], saving: Readonly<Record<string, string>> = {}) {
  return execa(process.execPath, ["tools/cli/main.ts", ...args], {
    cwd: copy.folder,
    env: {
      ALICERCE_HOME: home,
      ALICERCE_PREVIEW: "realistic",
      ALICERCE_SANDBOX: join(home, "sandbox"),
      AWS_ACCESS_KEY_ID: "test",
      AWS_ENDPOINT_URL: account.url,
      AWS_SECRET_ACCESS_KEY: "test",
      KEYCLOAK_CLIENT_SECRET: "test",
      PATH: docker.path,
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_HOME: join(home, "engine/home"),
      ...saving,
    },
    reject: false,
    stdin: "ignore",
  });
}

const UP = ["up", "development", "--target", "aws", "--backend", `file://${backend}`, "--json"];

async function up(running = alicerce(...UP)) {
  const { exitCode, stdout, stderr } = await running;
  // Where nothing can begin, nothing is said of stacks.
  const said: Said = { findings: [], changes: [], stacks: [], ...(JSON.parse(stdout || "{}") as Partial<Said>) };
  const outcomes = Object.fromEntries(said.stacks.map((it) => [it.address, it.outcome]));
  const wordsOf = (address: string) => {
    const found = said.stacks.filter((it) => it.address === address);
    return found.flatMap((it) => [...it.violations, ...it.diagnostics].map(({ message }) => message)).join("\n");
  };
  return { exitCode, stderr, said, outcomes, wordsOf };
}

async function push(image: string): Promise<void> {
  const { exitCode, stdout, stderr } = await alicerce("build", "--push", image, "--environment", "development");
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toContain(BUILT_DIGEST);
  account.images.add(`alicerce/${image}@${BUILT_DIGEST}`);
}

describe("a first region, from an account with nothing in it", { timeout: 1_200_000 }, () => {
  it("says what the account lacks before anything exists", async () => {
    account.lacks.add("use1-az4");
    const { exitCode, said } = await up();
    account.lacks.clear();
    expect(exitCode).toBe(1);
    expect(said.findings.filter((it) => it.outcome === "missing").map((it) => it.check)).toContain("us-east-1: zones");
    expect(existsSync(stacks)).toBe(false);
  });

  it("stops once the registries are there, and names what to push", async () => {
    const { exitCode, outcomes, wordsOf, stderr } = await up();
    expect(outcomes, stderr).toEqual({ [ENVIRONMENT]: "succeeded", [REGION]: "left out", [TENANT]: "left out" });
    expect(wordsOf(REGION)).toContain("npx alicerce build --push keycloak --environment development");
    expect(wordsOf(REGION)).not.toContain("mcp-");
    expect(exitCode).toBe(1);
  });

  it("begins the region when its image is pushed, and stops when it is interrupted", async () => {
    await push("keycloak");
    expect(docker.calls().at(-1)).toMatch(
      /--tag \d+\.dkr\.ecr\.us-east-1\.amazonaws\.com\/alicerce\/keycloak:[0-9a-f]{20}-\d{14} /,
    );
    const running = started(UP);
    const file = join(stacks, `${REGION}.json`);
    const look = setInterval(() => {
      if (!existsSync(file) || !readFileSync(file, "utf8").includes("aws:ec2/vpc:Vpc")) return;
      clearInterval(look);
      running.kill("SIGINT");
    }, 50);
    const { exitCode, outcomes, stderr } = await up(running);
    clearInterval(look);
    expect(exitCode, stderr).toBe(130);
    expect(outcomes).toMatchObject({ [ENVIRONMENT]: "succeeded" });
    expect(outcomes[REGION]).not.toBe("succeeded");
  });

  it("goes on with the region where it was interrupted, and names what the tenant lacks", async () => {
    const { exitCode, outcomes, wordsOf } = await up();
    expect(outcomes, wordsOf(REGION)).toEqual({
      [ENVIRONMENT]: "succeeded",
      [REGION]: "succeeded",
      [TENANT]: "left out",
    });
    expect(wordsOf(TENANT)).toContain("npx alicerce build --push mcp-database --environment development");
    expect(wordsOf(TENANT)).not.toContain("keycloak");
    expect(exitCode).toBe(1);
  });

  it("makes the tenant without the agents that have no image", async () => {
    for (const it of Object.keys(MCP_SERVERS)) await push(`mcp-${it}`);
    const third = await up();
    expect(third.outcomes, third.wordsOf(TENANT)).toEqual({
      [ENVIRONMENT]: "succeeded",
      [REGION]: "succeeded",
      [TENANT]: "succeeded",
    });
    expect(third.exitCode).toBe(0);
  });

  it("makes nothing the second time", async () => {
    const { said, exitCode } = await up();
    expect(readdirSync(stacks).filter((it) => it.endsWith(".json"))).toHaveLength(3);
    expect(said.changes.map((it) => [it.address, it.create])).toEqual(
      [ENVIRONMENT, REGION, TENANT].map((it) => [it, 0]),
    );
    expect(exitCode).toBe(0);
  });
});
