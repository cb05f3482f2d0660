import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { PROJECT } from "../tools/engine/folders.ts";
import { inOrder, LONGEST } from "./file-order.ts";

const SHARED = Array.from({ length: 40 }, (_, i) => ({ path: `/test/shared-${i}.test.ts`, isApart: false }));
const APART = Array.from({ length: 40 }, (_, i) => ({ path: `/test/apart-${i}.test.ts`, isApart: true }));
const LONG = LONGEST.map((it) => ({ path: `/${it}`, isApart: true }));
const MIXED = [...SHARED, ...LONG.toReversed(), ...APART];

describe("files of tests run", () => {
  test("longest first, and those that share a process without another one between them", () => {
    const order = inOrder(MIXED, 1);
    expect(order.slice(0, LONG.length)).toEqual(LONG);
    expect(order.slice(LONG.length).map((it) => it.isApart)).toEqual([
      ...APART.map(() => true),
      ...SHARED.map(() => false),
    ]);
    expect(new Set(order)).toEqual(new Set(MIXED));
  });

  test("in the same order for the same seed, however they were found, and in another one for another seed", () => {
    const order = inOrder(MIXED, 7);
    expect(inOrder(MIXED.toReversed(), 7)).toEqual(order);
    expect(inOrder(MIXED, 8)).not.toEqual(order);
    expect(order).not.toEqual(inOrder(MIXED, 8).toReversed());
  });

  test.each(LONGEST)("%s is there", (it) => {
    expect(existsSync(path.join(PROJECT, it))).toBe(true);
  });
});
