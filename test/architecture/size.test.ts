import path from "node:path";
import { describe, expect, test } from "vitest";
import { codeLines, FOLDERS, type Source, sourcesIn } from "./sources.ts";

/** What a person can take in at one look: files directly in a folder, and lines of code in a file (no blank lines, no comments). */
const MOST = { filesInFolder: 15, medianLines: 45, lines95: 120 } as const;

/** Tests and benchmarks are long lists of cases; their files count as files, not as code. */
const PRODUCT = FOLDERS.filter((it) => it !== "test" && it !== "bench");

describe("folders and files stay small", () => {
  test(`no folder holds more than ${MOST.filesInFolder} source files directly`, () => {
    expect(crowded(sourcesIn(FOLDERS))).toEqual([]);
  });

  test(`half of all files have at most ${MOST.medianLines} lines of code, and 95 of 100 at most ${MOST.lines95}`, () => {
    const lines = sourcesIn(PRODUCT).map(codeLines);
    expect(lines.length).toBeGreaterThan(300);
    expect(shareOf(lines, MOST.medianLines)).toBeGreaterThanOrEqual(0.5);
    expect(shareOf(lines, MOST.lines95)).toBeGreaterThanOrEqual(0.95);
  });
});

describe("the checks find what they look for", () => {
  test("a folder of sixteen files; those below it count by themselves", () => {
    const files = Array.from({ length: 16 }, (_, i) => ({ path: `infra/flat/${i}.ts`, text: "" }));
    const deep = [...files.slice(1), { path: "infra/flat/deep/0.ts", text: "" }];
    expect(crowded(files)).toEqual(["infra/flat holds 16 files"]);
    expect(crowded(deep)).toEqual([]);
  });

  test("the share of files up to a length", () => {
    expect(shareOf([10, 45, 46, 200], 45)).toBe(0.5);
  });
});

function crowded(sources: readonly Source[]): readonly string[] {
  const folders = Map.groupBy(sources, (it) => path.posix.dirname(it.path));
  return [...folders]
    .filter(([, files]) => files.length > MOST.filesInFolder)
    .map(([folder, files]) => `${folder} holds ${files.length} files`);
}

function shareOf(lengths: readonly number[], most: number): number {
  return lengths.filter((it) => it <= most).length / lengths.length;
}
