import { describe, expect, test } from "vitest";
import { FOLDERS, importsOf, type Source, sourcesIn } from "./sources.ts";

describe("no file needs itself, over imports of every kind, types included", () => {
  const sources = sourcesIn(FOLDERS);

  test("in any folder", () => {
    expect(cyclesAmong(sources)).toEqual([]);
  });
});

describe("the check finds what it looks for", () => {
  const ring: readonly Source[] = [
    { path: "infra/a.ts", text: 'import { b } from "./b.ts";' },
    { path: "infra/b.ts", text: 'import type { C } from "./deep/c.ts";' },
    { path: "infra/deep/c.ts", text: 'export * from "../a.ts";' },
    { path: "infra/d.ts", text: 'import "./a.ts";\nimport "node:fs";' },
  ];
  const cycle = "infra/a.ts → infra/b.ts → infra/deep/c.ts → infra/a.ts";

  test("a ring of three files, one of them imported as a type only", () => {
    expect(cyclesAmong(ring)).toEqual([cycle]);
    expect(cyclesAmong(ring.slice(1))).toEqual([]);
  });

  test("a file that imports itself", () => {
    expect(cyclesAmong([{ path: "infra/a.ts", text: 'import "./a.ts";' }])).toEqual(["infra/a.ts → infra/a.ts"]);
  });

  test("two rings that share a file", () => {
    const other = { path: "infra/deep/c.ts", text: 'import "../a.ts";\nimport "../b.ts";' };
    expect(cyclesAmong([...ring.slice(0, 2), other])).toEqual([cycle, "infra/b.ts → infra/deep/c.ts → infra/b.ts"]);
  });
});

/** The cycles that a depth-first walk closes, each as a path that ends where it begins. */
function cyclesAmong(sources: readonly Source[]): readonly string[] {
  const imports = new Map(sources.map((it) => [it.path, new Set(importsOf(it).map(({ target }) => target ?? ""))]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const walk = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(" → "));
    if (path.includes(file) || done.has(file)) return;
    for (const target of imports.get(file) ?? []) {
      if (imports.has(target)) walk(target, [...path, file]);
    }
    done.add(file);
  };
  for (const file of imports.keys()) walk(file, []);
  return cycles;
}
