import { execa } from "execa";
import { fileURLToPath } from "node:url";
import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BREACHES } from "./breaches.ts";
import type { Dropped } from "./drop-each.ts";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const { stdout } = await execa(process.execPath, ["--import", at("hooks.mjs"), at("drop-each.ts")]);
const { alarms, found, results } = JSON.parse(stdout) as {
  alarms: readonly string[];
  found: readonly string[];
  results: readonly Dropped[];
};

describe("what reads the facts", () => {
  it("finds the breaches, and nothing where there is none", () => {
    expect(alarms).toEqual([]);
    expect(found.length).toBeGreaterThanOrEqual(Object.keys(BREACHES).length);
  });

  it("is all there", () => {
    const modules = readdirSync(at("../../../policies/facts"), { recursive: true, encoding: "utf8" });
    const read = results.map(({ module }) => module);
    expect(modules.filter((name) => name.endsWith(".ts") && !read.includes(name))).toEqual([]);
  });

  it.each(results)("cannot do without $module", (it) => {
    expect(it.missed > 0 || it.refused > 0 || it.error !== undefined).toBe(true);
  });
});
