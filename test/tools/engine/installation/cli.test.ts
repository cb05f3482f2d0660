import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CliError, resolveCli } from "../../../../tools/engine/installation/cli.ts";
import { type Folders, foldersOf } from "../../../../tools/engine/folders.ts";

let dir: string;
let folders: Folders;

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), "alicerce-cli-"));
  folders = foldersOf(dir, { ALICERCE_CACHE: path.join(dir, "cache") });
});

afterEach(() => rm(dir, { recursive: true, force: true }));

describe("the Pulumi CLI is", () => {
  test("the one in $PULUMI_CLI before all others", async () => {
    const PULUMI_CLI = await executable("mine/pulumi", "echo v3.300.1");
    await executable("path/pulumi", "echo v3.299.0");
    const cli = await resolveCli(folders, undefined, { PULUMI_CLI, PATH: path.join(dir, "path") });
    expect(cli).toEqual({ file: PULUMI_CLI, version: "3.300.1", source: "PULUMI_CLI" });
  });

  test("the one on PATH before the cache", async () => {
    const file = await executable("path/pulumi", "echo v3.255.0");
    await executable("cache/pulumi-v3.259.0/pulumi", "echo v3.259.0");
    const cli = await resolveCli(folders, undefined, { PATH: `${dir}/none:${dir}/path` });
    expect(cli).toEqual({ file, version: "3.255.0", source: "PATH" });
  });

  test.each([
    ["too old", "echo v3.254.9"],
    ["broken", "exit 1"],
    ["silent", "true"],
  ])("the cached one when that on PATH is %s", async (_, script) => {
    await executable("path/pulumi", script);
    const file = await executable("cache/pulumi-v3.259.0/pulumi", "echo v3.259.0");
    const cli = await resolveCli(folders, undefined, { PATH: path.join(dir, "path") });
    expect(cli).toEqual({ file, version: "3.259.0", source: "cache" });
  });

  test("the downloaded one when there is no built one", async () => {
    const file = await executable("cache/pulumi-npm/versions/3.259.0/bin/pulumi", "echo v3.259.0");
    const cli = await resolveCli(folders, undefined, { PATH: "" });
    expect(cli).toEqual({ file, version: "3.259.0", source: "cache" });
  });

  test("never another one than $PULUMI_CLI when that does not work", async () => {
    const PULUMI_CLI = await executable("mine/pulumi", "exit 3");
    await executable("path/pulumi", "echo v3.299.0");
    const failure = await resolveCli(folders, undefined, { PULUMI_CLI, PATH: path.join(dir, "path") }).catch(
      (it: unknown) => it,
    );
    expect(failure).toBeInstanceOf(CliError);
    expect((failure as Error).message).toContain(`$PULUMI_CLI: ${PULUMI_CLI} does not run`);
  });
});

describe("where it has to be made", () => {
  test("a broken one in the cache is set aside, and another one built by Go", async () => {
    const file = await executable("cache/pulumi-v3.259.0/pulumi", "exit 139");
    const cli = await withGo(GO, () => resolveCli(folders, undefined, { PATH: "" }));
    expect(cli).toEqual({ file, version: "3.259.0", source: "built" });
    expect(await readFile(`${file}.corrupt`, "utf8")).toContain("exit 139");
  });

  test("two at once build it once", async () => {
    const both = await withGo(GO, () => Promise.all([1, 2].map(() => resolveCli(folders, undefined, { PATH: "" }))));
    expect(both.map((it) => it.source).sort()).toEqual(["built", "cache"]);
    expect((await readFile(path.join(dir, "builds"), "utf8")).trim().split("\n")).toHaveLength(1);
  });

  test("progress counts packages", async () => {
    const details: (string | undefined)[] = [];
    await withGo(GO, () => resolveCli(folders, (it) => details.push(it.detail), { PATH: "" }));
    expect(details).toContain("2 of 1685 packages");
  });

  test("a failed build, or no Go and no npm, ends in a sentence that says what to install", async () => {
    const broken =
      'case $1 in version) echo go version go1.26.8 linux/amd64;; *) echo "no space left" >&2; exit 1;; esac';
    const failed = await withGo(broken, () => resolveCli(folders, undefined, { PATH: "" }).catch((it: unknown) => it));
    expect((failed as Error).message).toContain("no space left");
    const old = await withGo("echo go version go1.21.0 linux/amd64", () =>
      resolveCli(folders, undefined, { PATH: "" }).catch((it: unknown) => it),
    );
    expect((old as Error).message).toContain("Go is 1.21.0, older than the 1.26");
    expect((old as Error).message).toMatch(/Install the Pulumi CLI, 3\.255\.0 or newer .*, or Go 1\.26 or newer/);
    expect(existsSync(path.join(folders.cache, "pulumi-v3.259.0/pulumi"))).toBe(false);
  });
});

/** A compiler that "builds" a CLI which says its version, and keeps count. */
const GO = `case $1 in
  version) echo go version go1.26.8 linux/amd64;;
  build)
    echo build >> "$BUILDS"; echo "go: downloading x v1" >&2; echo fmt >&2; echo github.com/a/b >&2
    while [ "$1" != -o ]; do shift; done
    printf '#!/bin/sh\\necho v3.259.0\\n' > "$2"; chmod +x "$2";;
esac`;

/** Runs \`work\` where \`go\` is a script of ours, and npm is not to be had. */
async function withGo<T>(script: string, work: () => Promise<T>): Promise<T> {
  await executable("go-bin/go", script);
  await executable("go-bin/npm", "echo offline >&2; exit 1");
  const { PATH, BUILDS } = process.env;
  process.env["PATH"] = `${dir}/go-bin:/usr/bin:/bin`;
  process.env["BUILDS"] = path.join(dir, "builds");
  try {
    return await work();
  } finally {
    process.env["PATH"] = PATH;
    if (BUILDS === undefined) delete process.env["BUILDS"];
  }
}

async function executable(name: string, script: string): Promise<string> {
  const file = path.join(dir, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}
