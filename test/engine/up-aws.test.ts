import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { foldersOf } from "../../tools/engine/folders.ts";
import { writeProviderPlugins } from "../../tools/engine/plugins.ts";
import { ProjectCopy } from "../support/project-copy.ts";
import { type AwsAccount, awsAccount } from "../tools/doctor/aws-account.ts";

const home = mkdtempSync(join(tmpdir(), "alicerce-up-aws-"));
const backend = join(home, "backend");
const stacks = join(backend, ".pulumi/stacks/alicerce");
const STACKS = ["development", "development.us-east-1", "development.us-east-1.acme-corp"];
let account: AwsAccount;
let copy: ProjectCopy;

/** What a user has: a backend, credentials, an account; the providers are the sandbox's. */
function environment(): Record<string, string> {
  return {
    ALICERCE_HOME: home,
    ALICERCE_PREVIEW: "realistic",
    ALICERCE_SANDBOX: join(home, "sandbox"),
    AWS_ACCESS_KEY_ID: "test",
    AWS_ENDPOINT_URL: account.url,
    AWS_SECRET_ACCESS_KEY: "test",
    KEYCLOAK_CLIENT_SECRET: "test",
    PULUMI_CONFIG_PASSPHRASE: "test",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_HOME: join(home, "engine/home"),
  };
}

function up(...args: readonly string[]) {
  const command = ["tools/cli/main.ts", "up", "development", "--target", "aws", "--backend", `file://${backend}`];
  return execa(process.execPath, [...command, "--json", ...args], {
    cwd: copy.folder,
    env: environment(),
    reject: false,
    stdin: "ignore",
  });
}

interface Said {
  readonly findings: readonly { readonly check: string; readonly outcome: string }[];
  readonly changes: readonly { readonly address: string; readonly create: number; readonly same: number }[];
  readonly stacks: readonly { readonly address: string; readonly outcome: string; readonly diagnostics: unknown }[];
}

const outcomes = ({ stacks: all }: Said) => Object.fromEntries(all.map((it) => [it.address, it.outcome]));

beforeAll(async () => {
  account = await awsAccount();
  copy = new ProjectCopy();
  await mkdir(backend, { recursive: true });
  await writeProviderPlugins(foldersOf(copy.folder, { ALICERCE_HOME: home }));
}, 120_000);
afterAll(async () => {
  await account.close();
  copy.remove();
  rmSync(home, { recursive: true, force: true });
});

describe("a deployment to AWS, by the user's backend", { timeout: 600_000 }, () => {
  it("says what is missing before anything exists", async () => {
    account.lacks.add("use1-az4");
    const { exitCode, stdout } = await up();
    account.lacks.clear();
    expect(exitCode).toBe(1);
    const { findings } = JSON.parse(stdout) as Said;
    expect(findings.filter((it) => it.outcome === "missing").map((it) => it.check)).toEqual(["us-east-1: zones"]);
    expect(existsSync(stacks)).toBe(false);
  });

  it("goes on where it was interrupted", async () => {
    const first = up();
    const interrupted = new Promise<void>((resolve) => {
      const look = setInterval(() => {
        if (!existsSync(join(stacks, "development.us-east-1.json"))) return;
        clearInterval(look);
        first.kill("SIGINT");
        resolve();
      }, 50);
      void first.finally(() => clearInterval(look));
    });
    const [{ exitCode, stdout, stderr }] = await Promise.all([first, interrupted]);
    expect(exitCode, stderr).toBe(130);
    expect(outcomes(JSON.parse(stdout) as Said)).toMatchObject({ development: "succeeded" });

    const second = await up();
    const said = JSON.parse(second.stdout) as Said;
    expect(outcomes(said), JSON.stringify(said.stacks.map((it) => it.diagnostics))).toEqual(
      Object.fromEntries(STACKS.map((it) => [it, "succeeded"])),
    );
    expect(second.exitCode).toBe(0);
    expect(
      readdirSync(stacks)
        .filter((it) => it.endsWith(".json"))
        .sort(),
    ).toEqual(STACKS.map((it) => `${it}.json`).sort());
  });

  it("changes nothing the second time", async () => {
    const { exitCode, stdout } = await up();
    expect(exitCode).toBe(0);
    const { changes } = JSON.parse(stdout) as Said;
    expect(changes.map((it) => [it.address, it.create])).toEqual(STACKS.map((it) => [it, 0]));
    expect(changes.every((it) => it.same > 5)).toBe(true);
  });
});
