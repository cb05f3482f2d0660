import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { PROJECT } from "../../../../tools/engine/folders.ts";
import { DiskStore } from "../../../../sandbox/control-plane/store/disk-store.ts";
import { ProviderProcess, spawnProvider } from "./provider-process.ts";

const home = mkdtempSync(join(tmpdir(), "alicerce-process-"));
const CONFIG = { region: "eu-west-1", allowedAccountIds: '["111122223333"]' };
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function endOf(child: ChildProcess): Promise<{ code: number | null; stderr: string }> {
  let stderr = "";
  child.stderr?.on("data", (it: Buffer) => (stderr += it.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stderr };
}

describe("the provider's process", () => {
  it.each([
    ["no sandbox", ["aws"], {}, 'ALICERCE_SANDBOX is not set: run `eval "$(npx alicerce env)"` first\n'],
    ["an empty name of the sandbox", ["eks"], { ALICERCE_SANDBOX: "" }, /^ALICERCE_SANDBOX is not set/],
    [
      "a package that it does not stand in for",
      ["gcp"],
      { ALICERCE_SANDBOX: home },
      'unknown package "gcp"; known: aws, eks, keycloak, kubernetes\n',
    ],
  ])("ends with a sentence when it is given %s", async (_, args, env, sentence) => {
    const { code, stderr } = await endOf(spawnProvider(args, env));
    expect(code).toBe(1);
    expect(stderr).toMatch(sentence);
    expect(stderr.split("\n")).toHaveLength(2);
  });

  it.each(["aws", "keycloak", "kubernetes", "eks"])("of %s says its port, and ends on SIGTERM", async (pkg) => {
    const it = await ProviderProcess.start(pkg, { ALICERCE_SANDBOX: home });
    await expect(it.ask("getPluginInfo")).resolves.toBeDefined();
    expect(await it.end()).toBe("SIGTERM");
  });

  it("ends by itself when the engine is killed that started it", async () => {
    const started = `const { spawn } = require("node:child_process");
      const child = spawn(process.execPath, ["sandbox/control-plane/provider/main.ts", "aws"], { stdio: ["ignore", "pipe", "inherit"] });
      child.stdout.once("data", () => console.log(child.pid));
      setInterval(() => undefined, 1000);`;
    const engine = spawn(process.execPath, ["-e", started], {
      cwd: PROJECT,
      env: { ...process.env, ALICERCE_SANDBOX: home },
    });
    const [line] = (await once(engine.stdout, "data")) as [Buffer];
    const pid = Number(line.toString());
    expect(isRunning(pid)).toBe(true);
    engine.kill("SIGKILL");
    await expect.poll(() => isRunning(pid), { timeout: 50_000 }).toBe(false);
  });

  it.runIf(existsSync("/proc/self/status"))(
    "stays under 120 MB after 200 creations (measured on Linux only)",
    async () => {
      const aws = await ProviderProcess.start("aws", { ALICERCE_SANDBOX: home });
      try {
        await aws.configure(CONFIG);
        const { id: vpcId } = await aws.create(["aws:ec2/vpc:Vpc", "v"], { cidrBlock: "10.0.0.0/16" });
        for (let i = 0; i < 199; i++) await aws.create(...subnet(i, vpcId));
        expect(new DiskStore(home).all().filter((it) => it.region === "eu-west-1")).toHaveLength(200);
        expect(residentMegabytes(aws.child.pid)).toBeLessThanOrEqual(120);
      } finally {
        await aws.end();
      }
    },
  );
});

function subnet(i: number, vpcId: string): Parameters<ProviderProcess["create"]> {
  const tags = { Name: `subnet ${i}`, note: "x".repeat(500) };
  return [["aws:ec2/subnet:Subnet", `s${i}`], { vpcId, cidrBlock: `10.0.${i}.0/24`, tags }];
}

function residentMegabytes(pid: number | undefined): number {
  const [, kilobytes = "NaN"] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid ?? 0}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}

/** Whether a process runs; one that only waits for its parent to take notice does not. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const status = `/proc/${pid}/status`;
  return !existsSync(status) || !/^State:\s+Z/m.test(readFileSync(status, "utf8"));
}
