import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { premiseOf, PREMISES } from "../../policies/engine/premises.ts";
import { PROOFS } from "../../policies/proofs/proofs.ts";
import { RULES } from "../../policies/rules.ts";
import { readme } from "../../policies/engine/table.ts";

const POLICIES = new URL("../../policies/", import.meta.url);
const TESTS = new URL(".//", import.meta.url);

describe("the catalogue of rules", () => {
  it.each(PREMISES)("has at least two rules for $folder, and lists every file there by its name", ({ folder, id }) => {
    const files = readdirSync(new URL(folder, POLICIES)).map((file) => file.replace(/\.ts$/, ""));
    const listed = RULES.filter((rule) => rule.premise === id).map((rule) => rule.id);
    expect(files.length).toBeGreaterThanOrEqual(2);
    expect(listed.toSorted()).toEqual(files.toSorted());
  });

  it("lists rules in the order of the premises, under names of their own", () => {
    const order = RULES.map((rule) => PREMISES.indexOf(premiseOf(rule.premise)));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
  });

  it.each(RULES)("$name has a test with both lists, a description and a remediation", async (rule) => {
    const file = new URL(`${premiseOf(rule.premise).folder}/${rule.id}.test.ts`, TESTS);
    expect(existsSync(file), fileURLToPath(file)).toBe(true);
    const test = await readFile(file, "utf8");
    expect(test).toMatch(/accepts: \{\s*"/);
    expect(test).toMatch(/rejects: \{\s*["a-z]/);
    expect(rule.name).toMatch(/^[a-z0-9-]{1,100}$/);
    expect(rule.description).toMatch(/^[A-Z].*\.$/);
    expect(rule.remediation).toMatch(/^[A-Z].*\.$/);
    expect(rule.frameworks.length).toBeGreaterThan(0);
  });

  it("has a file for every proof, and a test of the same name", () => {
    const ids = PROOFS.map(({ id }) => id).toSorted();
    const isProof = (file: string): boolean => file.endsWith(".ts") && !["proofs.ts", "tenants.ts"].includes(file);
    const filesIn = (folder: URL, end: string): readonly string[] =>
      readdirSync(folder)
        .filter((it) => it.endsWith(end) && isProof(it))
        .map((it) => it.replace(end, ""));
    expect(filesIn(new URL("proofs/", POLICIES), ".ts").toSorted()).toEqual(ids);
    expect(filesIn(new URL("proofs/", TESTS), ".test.ts").toSorted()).toEqual(ids);
    for (const { description, remediation, name } of PROOFS) {
      expect(name).toMatch(/^[a-z0-9-]{1,100}$/);
      expect(description).toMatch(/^[A-Z].*\.$/);
      expect(remediation).toMatch(/^[A-Z].*\.$/);
    }
    expect(new Set([...RULES, ...PROOFS].map(({ name }) => name)).size).toBe(RULES.length + PROOFS.length);
  });

  it("is the table in the README, which `node policies/engine/table.ts` writes", async () => {
    expect(await readFile(new URL("README.md", POLICIES), "utf8")).toBe(readme());
  });
});
