import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { premiseOf, PREMISES } from "../../policies/engine/premises.ts";
import { PROOFS } from "../../policies/proofs/proofs.ts";
import { RULES } from "../../policies/rules.ts";
import { readme } from "../../policies/engine/table.ts";

const POLICIES = new URL("../../policies/", import.meta.url);
const TESTS = new URL(".//", import.meta.url);

/** The files below a folder, by their paths from there. */
function filesBelow(folder: URL): readonly string[] {
  const all = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return all.filter((it) => it.endsWith(".ts"));
}

describe("the catalogue of rules", () => {
  it.each(PREMISES)("has at least two rules for $folder, and lists every file there by its name", ({ folder, id }) => {
    const files = filesBelow(new URL(folder, POLICIES)).map((file) => path.basename(file, ".ts"));
    const listed = RULES.filter((rule) => rule.premise === id).map((rule) => rule.id);
    expect(files.length).toBeGreaterThanOrEqual(2);
    expect(listed.toSorted()).toEqual(files.toSorted());
  });

  it("lists rules in the order of the premises, under names of their own", () => {
    const order = RULES.map((rule) => PREMISES.indexOf(premiseOf(rule.premise)));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
  });

  it.each(RULES)(
    "$name has a test of what it accepts and what it refuses, a description and a remediation",
    async (rule) => {
      const { folder } = premiseOf(rule.premise);
      const source = filesBelow(new URL(folder, POLICIES)).find((it) => path.basename(it) === `${rule.id}.ts`) ?? "";
      const file = fileURLToPath(new URL(`${folder}/${source.replace(/\.ts$/, ".test.ts")}`, TESTS));
      expect(existsSync(file), file).toBe(true);
      const test = await readFile(file, "utf8");
      expect(test).toMatch(/accepts: \{\s*"|it\("accepts |"accepts %s"|"holds in /);
      expect(test).toMatch(/rejects: \{\s*["a-z]|describe\("refuses"|"leaves undetermined /);
      expect(rule.name).toMatch(/^[a-z0-9-]{1,100}$/);
      expect(rule.description).toMatch(/^[A-Z].*\.$/);
      expect(rule.remediation).toMatch(/^[A-Z].*\.$/);
      expect(rule.frameworks.length).toBeGreaterThan(0);
    },
  );

  it("judges in stacks of others no type that it does not judge in ours", () => {
    for (const { name, foreign = [], subjects } of RULES)
      if (foreign !== "all") expect(subjects.types, name).toEqual(expect.arrayContaining([...foreign]));
  });

  it("is told, where it judges stacks of others, by docs/judging.md", async () => {
    const page = await readFile(new URL("../docs/judging.md", POLICIES), "utf8");
    const told = [...page.matchAll(/^- `(p\d-[\w-]+)`/gm)].map(([, name]) => name);
    expect(told).toEqual(RULES.filter((it) => it.foreign !== undefined).map((it) => it.name));
  });

  it("has a file for every proof, and a test of the same name", () => {
    const ids = PROOFS.map(({ id }) => id).toSorted();
    const isProof = (file: string): boolean => file.endsWith(".ts") && !["proofs.ts", "liveness.ts"].includes(file);
    const filesIn = (folder: URL, end: string): readonly string[] =>
      readdirSync(folder)
        .filter((it) => it.endsWith(end) && isProof(it))
        .map((it) => it.replace(end, ""));
    const safety = ["", "releases/"].flatMap((it) => filesIn(new URL(`proofs/${it}`, POLICIES), ".ts"));
    const liveness = ["", "callers/", "pods/", "running/"].flatMap((it) =>
      filesIn(new URL(`proofs/liveness/${it}`, POLICIES), ".ts"),
    );
    expect([...safety, ...liveness].toSorted()).toEqual(ids);
    // One test cuts each hop of every path.
    const tests = filesBelow(new URL("proofs/", TESTS)).map((it) => path.basename(it));
    expect(tests).toEqual(expect.arrayContaining([...safety, "liveness"].map((it) => `${it}.test.ts`)));
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
