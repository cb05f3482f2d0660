import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Finding } from "../../../tools/doctor/check.ts";
import { lookAtMachine } from "../../../tools/doctor/machine.ts";
import { foldersOf, PROJECT } from "../../../tools/engine/folders.ts";

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), "alicerce-doctor-"));
  await mkdir(path.join(dir, "bin"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function program(name: string, says: string): Promise<void> {
  const file = path.join(dir, "bin", name);
  await writeFile(file, `#!/bin/sh\n${says}\n`);
  await chmod(file, 0o755);
}

async function outcomes(
  changes: { readonly node?: string; readonly registry?: string; readonly env?: Record<string, string> } = {},
): Promise<Readonly<Record<string, Finding>>> {
  const { node = "v24.1.0", registry = "127.0.0.1:1", env = {} } = changes;
  const folders = foldersOf(dir, { ALICERCE_CACHE: path.join(dir, "cache") });
  const found = await lookAtMachine({ folders, env: { PATH: path.join(dir, "bin"), ...env }, node, registry });
  return Object.fromEntries(found.map((it) => [it.check, it]));
}

describe("a machine", () => {
  it("without any tool and without a network lacks nothing that a plan needs", async () => {
    const found = await outcomes();
    const states = Object.fromEntries(Object.entries(found).map(([check, it]) => [check, it.outcome]));
    expect(states).toEqual({
      "Node.js": "ok",
      "Pulumi CLI": "advice",
      Go: "advice",
      Java: "advice",
      Docker: "advice",
      network: "advice",
      "disk space": "ok",
      ports: "ok",
    });
    for (const it of Object.values(found)) expect(it.outcome === "ok" || it.next !== undefined).toBe(true);
  });

  it("with everything lacks nothing", async () => {
    await program("pulumi", "echo v3.259.0");
    await program("go", "echo go version go1.26.1 linux/arm64");
    await program("java", `echo 'openjdk version "21.0.1" 2025-10-21' >&2`);
    await program("docker", "echo Docker version 28.2.2, build 1");
    const registry = createServer();
    await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
    const found = await outcomes({ registry: `127.0.0.1:${(registry.address() as AddressInfo).port}` });
    registry.close();
    expect(Object.values(found).filter((it) => it.outcome !== "ok")).toEqual([]);
    expect(found["Go"]?.detail).toBe("1.26.1");
    expect(found["Java"]?.detail).toBe("21");
  });

  it.each([
    ["a CLI that is too old", "pulumi", "echo v3.100.0", "Pulumi CLI", "missing"],
    ["a CLI that does not run", "pulumi", "exit 1", "Pulumi CLI", "missing"],
    ["a Go that is too old", "go", "echo go version go1.19 linux/arm64", "Go", "advice"],
    ["a Java that is too old", "java", `echo 'java version "11.0.1"' >&2`, "Java", "advice"],
    ["a Docker that says nothing", "docker", "true", "Docker", "advice"],
  ])("with %s is told so", async (_, name, says, check, outcome) => {
    await program(name, says);
    expect((await outcomes())[check]?.outcome).toBe(outcome);
  });

  it("with an old Node.js is told so, and one with a CLI in the cache needs none on PATH", async () => {
    await mkdir(path.join(dir, "cache/pulumi-v3.259.0"), { recursive: true });
    const file = path.join(dir, "cache/pulumi-v3.259.0/pulumi");
    await writeFile(file, "#!/bin/sh\necho v3.259.0\n");
    await chmod(file, 0o755);
    const found = await outcomes({ node: "v20.20.2" });
    expect(found["Node.js"]?.outcome).toBe("missing");
    expect(found["Pulumi CLI"]?.outcome).toBe("ok");
  });
});

it("is a command whose exit code says whether anything is missing", async () => {
  const run = (...args: readonly string[]) =>
    execa(process.execPath, ["tools/cli/main.ts", "doctor", "--json", ...args], {
      cwd: PROJECT,
      env: { PATH: path.join(dir, "bin"), AWS_EC2_METADATA_DISABLED: "true", HOME: dir, ALICERCE_CACHE: dir },
      extendEnv: false,
      reject: false,
    });
  const { exitCode, stdout } = await run();
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ healthy: true });
  const cloud = await run("development", "--cloud");
  expect(cloud.exitCode).toBe(1);
  expect(cloud.stdout).toContain("Could not load credentials");
  expect((await run("nowhere", "--cloud")).exitCode).toBe(2);
});
