import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { type Layer, LAYERS } from "./layers.ts";
import { codeLines, FOLDERS, importsOf, type Source, sourcesIn } from "./sources.ts";

/** Files whose imports are computed, and what they load. */
const COMPUTED: Readonly<Record<string, string>> = {
  "infra/tenant/servers/needs.ts": "loads services/mcp/<service>/needs.ts for a service of the release data",
  "tools/bootstrap/alicerce.mjs": "loads tools/cli/main.ts, once there is a Node.js that can",
};

const MEANINGLESS = ["base", "common", "core", "helper", "helpers", "manager", "misc", "util", "utils"];
const MOST_LINES = 250;

describe("dependencies point one way", () => {
  const sources = sourcesIn(FOLDERS);

  test("every import is one that its layer may have", () => {
    expect(sources.length).toBeGreaterThan(200);
    expect(forbiddenImports(sources)).toEqual([]);
  });

  test("no folder needs itself through another one", () => {
    expect(cycleAmong(sources)).toBeUndefined();
  });

  test("a name says what is inside", () => {
    expect(meaninglessNames(sources)).toEqual([]);
  });

  test("a file is one thing", () => {
    expect(longFiles(sources)).toEqual([]);
  });
});

describe("the checks find what they look for", () => {
  test.each<[string, string, string]>([
    ["environments/production.ts", 'import "../policies/rules.ts";', "policies/rules.ts"],
    ["environments/production.ts", 'import { readFileSync } from "node:fs";', "node:fs"],
    ["components/network/vpc.ts", 'import { program } from "../../infra/program.ts";', "infra/program.ts"],
    ["components/network/vpc.ts", 'import { readFile } from "node:fs/promises";', "node:fs/promises"],
    ["infra/tenant.ts", 'import { config } from "../services/bff/config.ts";', "services/bff/config.ts"],
    ["infra/tenant.ts", 'import type { App } from "../services/bff/app.ts";', "services/bff/app.ts"],
    ["policies/rule.ts", 'import type { Vpc } from "../components/network/vpc.ts";', "components/network/vpc.ts"],
    [
      "policies/judge.ts",
      'import proto from "@pulumi/pulumi/proto/analyzer_pb.js";',
      "@pulumi/pulumi/proto/analyzer_pb.js",
    ],
    ["policies/pack/decode.ts", 'import * as aws from "@pulumi/aws";', "@pulumi/aws"],
    ["policies/pack/decode.ts", 'import type { Output } from "@pulumi/pulumi";', "@pulumi/pulumi"],
    [
      "services/token-claims/handler.ts",
      'import { EU } from "../../environments/residency.ts";',
      "environments/residency.ts",
    ],
    ["services/token-claims/handler.ts", 'import * as pulumi from "@pulumi/pulumi";', "@pulumi/pulumi"],
    ["tools/cli/main.ts", 'const it = await import("../../infra/program.ts");', "infra/program.ts"],
    [
      "tools/cli/main.ts",
      'export * from "../../services/token-claims/handler.ts";',
      "services/token-claims/handler.ts",
    ],
    ["tools/offline-planner/plan.ts", 'import { buildRegion } from "../../infra/region.ts";', "infra/region.ts"],
    ["tools/cli/main.mjs", 'const it = require("../../components/place.ts");', "components/place.ts"],
    ["tools/cli/main.ts", 'type It = import("../../components/place.ts").Place;', "components/place.ts"],
    ["tools/cli/main.ts", "await import(name);", "something computed"],
    ["services/mcp/files/needs.ts", 'import { FilesConfig } from "./config.ts";', "services/mcp/files/config.ts"],
    [
      "services/mcp/files/needs.ts",
      'import type { S3Store } from "./store/s3-store.ts";',
      "services/mcp/files/store/s3-store.ts",
    ],
    ["services/mcp/files/needs.ts", 'import { z } from "zod";', "zod"],
    ["services/mcp/files/needs.ts", 'import type { Input } from "@pulumi/pulumi";', "@pulumi/pulumi"],
    [
      "infra/tenant/tenant.ts",
      'import { filesServer } from "../../services/mcp/files/server.ts";',
      "services/mcp/files/server.ts",
    ],
    ["scripts/main.ts", 'import "node:fs";', "node:fs"],
  ])("%s may not have: %s", (file, text, target) => {
    expect(forbiddenImports([{ path: file, text }])).toEqual([`${file}:1 imports ${target}`]);
  });

  test.each<[string, string]>([
    ["infra/tenant.ts", 'import type { Config } from "../services/bff/config.ts";'],
    ["infra/tenant.ts", 'import { type Config } from "../services/bff/config.ts";'],
    ["plan/loaders/wire-values.ts", 'import proto from "@pulumi/pulumi/proto/analyzer_pb.js";'],
    ["services/bff/app.ts", 'import { Hono } from "hono";'],
    ["services/mcp/files/needs.ts", 'import type { FilesEnvironment } from "./config.ts";'],
    ["services/mcp/files/needs.ts", 'import type { ServerNeeds } from "../../../contracts/server-needs.ts";'],
    ["infra/tenant/servers/needs.ts", "await import(location);"],
    ["tools/offline-planner/plan.ts", 'const { program } = await import("../../infra/program.ts");'],
    ["test/infra/program.test.ts", 'import "../../services/token-claims/handler.ts";'],
    [
      "policies/premise-1-gateway-only/rule.ts",
      '// import "../../infra/program.ts"\nconst s = \'import "@pulumi/aws"\';',
    ],
  ])("%s may have: %s", (file, text) => {
    expect(forbiddenImports([{ path: file, text }])).toEqual([]);
  });

  test("a cycle through three folders is told", () => {
    const sources = [
      { path: "tools/a.ts", text: 'import "../policies/b.ts";' },
      { path: "policies/b.ts", text: 'import "../environments/c.ts";' },
      { path: "environments/c.ts", text: 'import type { A } from "../tools/a.ts";' },
    ];
    expect(cycleAmong(sources)).toBe("environments → tools → policies → environments");
    expect(cycleAmong(sources.slice(0, 2))).toBeUndefined();
  });

  test("meaningless names are told, of files and of folders", () => {
    const names = ["tools/utils.ts", "infra/common/a.ts", "infra/tenant-helpers.ts", "infra/tenant-baseline.ts"];
    expect(meaninglessNames(names.map((it) => ({ path: it, text: "" })))).toEqual(names.slice(0, 3));
  });

  test("lines of code count, blank lines and comments do not", () => {
    const filler = "// nothing\n\n/*\n * nothing\n */\n";
    const code = (lines: number): string =>
      `${"let a = `\n`;\n".repeat(Math.floor(lines / 2))}${"f();\n".repeat(lines % 2)}`;
    const file = (lines: number): Source => ({ path: `infra/${lines}.ts`, text: filler + code(lines) + filler });
    expect(longFiles([file(250), file(251)])).toEqual(["infra/251.ts has 251 lines of code"]);
  });

  test("files are found in every folder of a tree", () => {
    const root = mkdtempSync(path.join(os.tmpdir(), "alicerce-layers-"));
    try {
      mkdirSync(path.join(root, "infra/deep/er"), { recursive: true });
      for (const name of ["infra/a.ts", "infra/deep/b.mjs", "infra/deep/er/c.mts", "infra/deep/d.json"]) {
        writeFileSync(path.join(root, name), 'import "../../bench/x.ts";\n');
      }
      expect(sourcesIn(["infra"], root).map((it) => it.path)).toEqual([
        "infra/a.ts",
        "infra/deep/b.mjs",
        "infra/deep/er/c.mts",
      ]);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});

function forbiddenImports(sources: readonly Source[]): readonly string[] {
  return sources.flatMap((source) =>
    importsOf(source)
      .filter(({ target, asType }) => !isAllowed(source.path, target, asType))
      .map(({ target, line }) => `${source.path}:${line} imports ${target ?? "something computed"}`),
  );
}

function isAllowed(importer: string, target: string | undefined, asType: boolean): boolean {
  const layer = LAYERS.find((it) => fits(importer, it.from));
  if (layer === undefined) return false;
  if (layer.may.includes("[anything]")) return true;
  if (target === undefined) return Object.hasOwn(COMPUTED, importer);
  if (layer.alone !== true && folderOf(target) === folderOf(importer)) return true;
  return mayOf(layer, asType).some((it) => fits(target, it)) && !(layer.never ?? []).some((it) => fits(target, it));
}

function mayOf({ may, mayAsTypes = [] }: Layer, asType: boolean): readonly string[] {
  return asType ? [...may, ...mayAsTypes] : may;
}

function fits(target: string, pattern: string): boolean {
  if (pattern === "[packages]") return !target.startsWith("node:") && !FOLDERS.includes(folderOf(target));
  const expression = pattern
    .split("*")
    .map((it) => it.replace(/[.\\]/g, "\\$&"))
    .join("[^/]*");
  return new RegExp(`^${expression}${/[/:]$/.test(pattern) ? "" : "$"}`).test(target);
}

function folderOf(file: string): string {
  return file.split("/", 1)[0] ?? "";
}

function cycleAmong(sources: readonly Source[]): string | undefined {
  const needs = new Map<string, Set<string>>();
  for (const source of sources) {
    const from = folderOf(source.path);
    const targets = importsOf(source).map((it) => folderOf(it.target ?? ""));
    const others = targets.filter((it) => it !== from && FOLDERS.includes(it));
    needs.set(from, new Set([...(needs.get(from) ?? []), ...others]));
  }
  const wayBack = (at: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(at)) return [...path.slice(path.indexOf(at)), at];
    return [...(needs.get(at) ?? [])].map((it) => wayBack(it, [...path, at])).find((it) => it !== undefined);
  };
  return [...needs.keys()]
    .sort()
    .map((it) => wayBack(it, []))
    .find((it) => it !== undefined)
    ?.join(" → ");
}

function meaninglessNames(sources: readonly Source[]): readonly string[] {
  return sources.map((it) => it.path).filter((it) => it.split(/[/.-]/).some((word) => MEANINGLESS.includes(word)));
}

/** Lists of cases, which are read entry by entry. */
const LISTS = ["test/planted/cuts/", "test/planted/leaks/", "test/policies/proofs/cuts.ts"];

function longFiles(sources: readonly Source[]): readonly string[] {
  const code = sources.filter(({ path }) => !LISTS.some((it) => path.startsWith(it)));
  return code.flatMap((source) => {
    const lines = source.text.split("\n").length > MOST_LINES ? codeLines(source) : 0;
    return lines > MOST_LINES ? [`${source.path} has ${lines} lines of code`] : [];
  });
}
