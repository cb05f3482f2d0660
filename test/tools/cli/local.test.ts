import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { PROJECT } from "../../../tools/engine/folders.ts";
import { keycloakFolder } from "../../../sandbox/data-plane/identity/keycloak/keycloak-installation.ts";
import { freePorts, listenAt } from "../../support/free-ports.ts";

const MAIN = path.join(PROJECT, "tools/cli/main.ts");
const PORTS = 7;
/** Whether a program can be run on this machine that has no network, not even loopback. */
const canHideNetwork = !(await execa("unshare", ["-rn", "true"], { reject: false })).failed;

let root: string;
let home: string;
/** All that a platform leaves outside of its own folder would be here. */
let temporary: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "alicerce-cli-local-"));
  [home, temporary] = [path.join(root, "home"), path.join(root, "tmp")];
  for (const it of [home, temporary]) mkdirSync(it);
  // PostgreSQL does not run as root: it must get there, and clean up behind itself.
  chmodSync(root, 0o755);
  chmodSync(temporary, 0o1777);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const environment = () => ({ ...process.env, ALICERCE_HOME: home, TMPDIR: temporary });
/** How long a platform may take is each test's own affair; none is killed while it still clears up, however busy the machine is. */
const start = (args: readonly string[], env: NodeJS.ProcessEnv = environment()) =>
  execa(process.execPath, [MAIN, "local", ...args], {
    reject: false,
    env,
    extendEnv: false,
    forceKillAfterDelay: false,
  });

/** What holds secrets, or lasts only as long as a platform: all of it must be gone in the end. */
const leftBehind = () => [
  ...readdirSync(temporary),
  ...["secrets", "credentials.json", "platform.pid", "platform.lock"].filter((it) =>
    existsSync(path.join(home, "local", it)),
  ),
];

describe("a start that cannot succeed ends at once, and says what to do", () => {
  test("where a port is taken", async () => {
    const { first, blocked, stop } = await portsOneOfWhichIsTaken();
    try {
      const { exitCode, stdout, stderr } = await start(["--identity", "embedded", "--port", String(first)]);
      expect([exitCode, stdout]).toEqual([1, ""]);
      expect(stderr).toBe(
        `alicerce: taken: ${blocked} (the machines' issuer). End what listens there, or choose other ports with --port`,
      );
      expect(leftBehind()).toEqual([]);
    } finally {
      await stop();
    }
  });

  test.skipIf(!canHideNetwork)("where programs cannot reach each other", async () => {
    const args = ["-rn", process.execPath, MAIN, "local", "--check", "--identity", "embedded"];
    const { exitCode, stderr } = await execa("unshare", args, { reject: false, env: environment() });
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      "alicerce: this machine has no loopback interface, so nothing can be reached on 127.0.0.1: bring it up (Linux: ip link set lo up)",
    );
    expect(leftBehind()).toEqual([]);
  });

  test("where Keycloak does not start", async () => {
    const { exitCode, stderr } = await start(
      ["--check", "--identity", "keycloak"],
      withKeycloak("echo broken; exit 1"),
    );
    expect(exitCode).toBe(1);
    expect(stderr).toContain("Keycloak did not start:\nbroken");
    expect(leftBehind()).toEqual([]);
  });

  test("where there is no platform whose credentials could be printed", async () => {
    const { exitCode, stderr } = await start(["--credentials"]);
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      `alicerce: no platform runs in ${path.join(home, "local")}: start one with npx alicerce local, and leave it running`,
    );
  });
});

test("a start that is interrupted ends with all that it began", async () => {
  const begun = path.join(root, "begun");
  const env = withKeycloak(`touch ${begun}; exec sleep 300`);
  const platform = start(["--check", "--identity", "keycloak"], env);
  await vi.waitFor(() => expect(existsSync(begun)).toBe(true), { timeout: 200_000, interval: 50 });
  platform.kill("SIGTERM");
  const { exitCode, signal } = await platform;
  expect({ exitCode, signal }).toEqual({ exitCode: 130, signal: undefined });
  expect(leftBehind()).toEqual([]);
});

describe("a platform that runs", () => {
  test("can be asked for its machines' credentials, and refuses a second one beside it", async () => {
    const first = await freePorts(PORTS);
    const platform = start(["--json", "--identity", "embedded", "--port", String(first)]);
    const up = await firstLine(platform.stdout);
    try {
      expect(statSync(path.join(home, "local/credentials.json")).mode & 0o777).toBe(0o600);
      const second = await start(["--identity", "embedded", "--port", String(first + 20)]);
      expect(second.exitCode).toBe(1);
      expect(second.stderr).toBe(
        `alicerce: another platform (process ${platform.pid}) runs in ${path.join(home, "local")}: ` +
          "end it, or give this one a folder and ports of its own with --folder and --port",
      );
      const asData = await start(["--credentials", "--json"]);
      expect(JSON.parse(asData.stdout)).toEqual(JSON.parse(up));
      const { stdout } = await start(["--credentials"]);
      const requests = stdout.match(/curl .*$/gm) ?? [];
      expect(requests.length).toBeGreaterThanOrEqual(3);
      for (const request of requests) {
        const answer = await execa("sh", ["-c", request]);
        expect(JSON.parse(answer.stdout)).toMatchObject({ access_token: expect.any(String) as string });
      }
    } finally {
      // The terminal sends one, and whoever started us another.
      platform.kill("SIGINT");
      platform.kill("SIGINT");
    }
    const { exitCode, stdout } = await platform;
    expect(exitCode).toBe(0);
    expect(stdout).toBe(up);
    expect(leftBehind()).toEqual([]);
  });

  test("leaves nothing behind when it is killed", async () => {
    const first = await freePorts(PORTS);
    const platform = start(["--json", "--identity", "embedded", "--port", String(first)]);
    await firstLine(platform.stdout);
    platform.kill("SIGKILL");
    await platform;
    const left = () => leftBehind().filter((it) => !it.startsWith("platform."));
    await vi.waitFor(() => expect(left()).toEqual([]), { timeout: 30_000, interval: 100 });
  });
});

/** The environment of a machine with Java, where Keycloak is installed and does what `script` says. */
function withKeycloak(script: string): NodeJS.ProcessEnv {
  const bin = path.join(root, "bin");
  const installed = keycloakFolder(path.join(root, "cache"));
  mkdirSync(bin);
  for (const it of ["bin", "conf", "lib", "providers", "themes"])
    mkdirSync(path.join(installed, it), { recursive: true });
  writeFileSync(path.join(bin, "java"), `#!/bin/sh\necho 'openjdk version "21.0.1"' >&2\n`, { mode: 0o755 });
  writeFileSync(path.join(installed, "bin/kc.sh"), `${script}\n`);
  const PATH = `${bin}:${process.env["PATH"] ?? ""}`;
  return { ...environment(), PATH, ALICERCE_CACHE: path.join(root, "cache") };
}

function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  return new Promise((resolve, reject) => {
    stream.on("data", (chunk) => {
      text += String(chunk);
      if (text.includes("\n")) resolve(text.slice(0, text.indexOf("\n")));
    });
    stream.on("end", () => reject(new Error(`ended before it was up: ${text}`)));
  });
}

async function portsOneOfWhichIsTaken() {
  const first = await freePorts(PORTS);
  const server = await listenAt(first + 1);
  if (server === undefined) throw new Error(`port ${first + 1} was taken a moment later`);
  return { first, blocked: first + 1, stop: () => new Promise((resolve) => server.close(resolve)) };
}
