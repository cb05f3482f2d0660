import { execa } from "execa";
import { fileURLToPath } from "node:url";
import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BREACHES } from "./breaches.ts";
import { FINER } from "./finer-breaches.ts";
import type { Dropped } from "./drop-each.ts";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const { stdout } = await execa(process.execPath, ["--import", at("hooks.mjs"), at("drop-each.ts")]);
const { alarms, found, modules, results } = JSON.parse(stdout) as {
  alarms: readonly string[];
  found: readonly string[];
  modules: readonly string[];
  results: readonly Dropped[];
};

const INTERNAL_APIS = "premise-3-private-network/internal-apis/private-ranges-are-the-tenants-own.test.ts";

const TOLD = "premise-2-agent-to-agent/running/identities-outside-are-told.test.ts";

/** What the plans here cannot do without, since they have nothing of the kind or know every value, and the tests that can. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "execution/execution-roles.ts executionRoleOf":
    "premise-8-least-privilege/providers-act-in-the-environments-account.test.ts",
  // It says which types rules are about when they are loaded: dropping it later comes too late.
  "grants/documents.ts typesWith": "facts/grants/documents.test.ts",
  "reach/routes.ts routeTo": "proofs/liveness.test.ts",
  "reference.ts originOf": "facts/reference.test.ts",
  "residency/database-logs.ts turnsStatementsOn": "residency/no-payload-logs-in-the-eu.test.ts",
  "settings/backends.ts backendsOf": INTERNAL_APIS,
  // The environment whose plans are breached here has no partners of the data, and no providers of sign-in.
  "settings/outside-identities.ts arePartners": TOLD,
  "settings/outside-identities.ts areToldProviders": TOLD,
  "workloads.ts inputOfSettings": "unknown-values.test.ts",
};

describe("what reads the facts", () => {
  it("finds the breaches, and nothing where there is none", () => {
    expect(alarms).toEqual([]);
    expect(found.length).toBeGreaterThanOrEqual(Object.keys({ ...BREACHES, ...FINER }).length);
  });

  it("is all there", () => {
    const all = readdirSync(at("../../../policies/facts"), { recursive: true, encoding: "utf8" });
    expect(all.filter((name) => name.endsWith(".ts") && !modules.includes(name))).toEqual([]);
  });

  it.each(results.filter(({ reader }) => ELSEWHERE[reader] === undefined))("cannot do without $reader", (it) => {
    expect(it.noticed, `asked by ${it.asking} rules and proofs`).toBeDefined();
  });

  it.each(Object.entries(ELSEWHERE))("does without %s, which %s needs", (reader, test) => {
    expect(results.find((it) => it.reader === reader)).toEqual({ reader, asking: expect.any(Number) as number });
    expect(existsSync(at(`../${test}`))).toBe(true);
  });
});
