import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { MCP_SERVERS } from "../../../releases/releases.ts";
import { PREMISES } from "../../../policies/engine/premises.ts";
import { ageOf } from "../../../tools/cli/text/age.ts";
import type { PremiseVerdict } from "../../../tools/cli/judgement.ts";
import { premisesText } from "../../../tools/cli/text/judgement-text.ts";
import { releaseRows, releasesText } from "../../../tools/cli/text/release-text.ts";
import { statusText } from "../../../tools/cli/stack-status.ts";
import { availableWidth, tableText } from "../../../tools/cli/text/table.ts";

const WIDTHS = [60, 80, 100, 120];
const DIGEST = `sha256:${"d".repeat(64)}` as const;

describe.each(WIDTHS)("at %i columns no line is longer", (width) => {
  test.each([
    ["where every premise holds", 0, 0],
    ["where some are violated", 12, 0],
    ["where some cannot be decided", 0, 1043],
    ["where there is both", 12, 1043],
  ])("of the verdict %s", (_, violated, undetermined) => {
    const text = expectToFit(premisesText(premises(violated, undetermined), width), width);
    for (const it of PREMISES) expect(text).toContain(it.title);
    for (const count of [violated, undetermined]) if (count > 0) expect(text).toContain(String(count));
  });

  test("of the status", () => {
    const addresses = ["production", "production.eu-west-1", "production.eu-central-1.xyz-gmbh"];
    const stacks = addresses.map((address) => {
      const updatedAt = "2026-01-01T00:00:00.123456789Z";
      return { address, deployed: true, resources: 318, updatedAt, pending: 0, condition: "yes" };
    });
    const text = expectToFit(statusText(stacks, width), width);
    for (const it of addresses) expect(text).toContain(it);
  });

  test("of the releases", () => {
    const database = {
      ...MCP_SERVERS["database"]!,
      candidate: { version: "3.1.0", digest: DIGEST, weight: 10 } as const,
    };
    const text = expectToFit(releasesText(releaseRows({ ...MCP_SERVERS, database }), width), width);
    for (const it of ["api-integration", "3.1.0", "10 %", "2027-09-01"]) expect(text).toContain(it);
  });
});

test("at 120 columns nothing is left out", () => {
  const text = premisesText(premises(0, 0), 120);
  for (const it of ["Rules", "Judged", "Held", "Violated", "Undetermined"]) expect(text).toContain(it);
});

test("what is wide is counted as wide, and what is coloured is not", () => {
  const rows = [
    ["日本", "\u001B[31m1\u001B[39m"],
    ["Centralização", "10"],
  ];
  const [border, , , first, second] = tableText([{ head: "A" }, { head: "B" }], rows, 80).split("\n");
  expect(stripVTControlCharacters(first!)).toBe("│ 日本          │ 1  │");
  expect(second).toHaveLength(border!.length);
});

test("a terminal tells its width, and COLUMNS where there is none", () => {
  expect(availableWidth({ isTTY: true, columns: 61 }, "200")).toBe(61);
  expect(availableWidth({ isTTY: false, columns: 0 }, "72")).toBe(72);
  expect(availableWidth({ isTTY: false, columns: 0 }, undefined)).toBe(Infinity);
  expect(availableWidth({ isTTY: false, columns: 0 }, "wide")).toBe(Infinity);
});

test.each([
  ["2026-01-01T00:00:00.5Z", "just now"],
  ["2026-01-01T00:00:00Z", "1 s ago"],
  ["2025-12-31T23:56:31.123456789Z", "3 min ago"],
  ["2025-12-31T20:00:01Z", "4 h ago"],
  ["2025-12-31T00:00:01Z", "1 day ago"],
  ["2025-12-22T00:00:01Z", "10 days ago"],
  ["2026-01-01T00:01:00.123Z", "2026-01-01T00:01:00Z"],
])("%s is %s", (moment, age) => {
  expect(ageOf(moment, new Date("2026-01-01T00:00:01Z"))).toBe(age);
});

function expectToFit(text: string, width: number): string {
  const plain = stripVTControlCharacters(text);
  expect(plain.split("\n").filter((it) => it.length > width)).toEqual([]);
  return plain;
}

function premises(violated: number, undetermined: number): readonly PremiseVerdict[] {
  return PREMISES.map(({ id, title }) => ({ id, title, rules: 10, judged: 2349, held: 2349, violated, undetermined }));
}
