import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { controlsOf, FRAMEWORKS, rulesFor } from "../../../policies/compliance/coverage.ts";
import { compliancePage } from "../../../policies/compliance/page.ts";
import { AWS } from "../../../policies/compliance/aws.ts";
import { REFERENCED } from "../../../policies/compliance/referenced.ts";
import { SPECIFIED } from "../../../policies/compliance/specified.ts";
import { PROOFS } from "../../../policies/proofs/proofs.ts";
import { RULES } from "../../../policies/rules.ts";

const ALL = [...RULES, ...PROOFS];
const names = new Set(ALL.map((it) => it.name));

describe("the frameworks", () => {
  it("are those of the specification, those that it refers to, and what is checked after a deployment", () => {
    expect(SPECIFIED.map((it) => it.name)).toEqual(["SOC 2", "ISO 27001", "PCI DSS", "GDPR"]);
    expect(REFERENCED.map((it) => it.name)).toEqual(["OWASP API Security Top 10", "NIST CSF"]);
    expect(AWS[0]?.name).toBe("AWS Well-Architected");
    expect(REFERENCED[0]?.controls).toHaveLength(10);
  });

  it.each(FRAMEWORKS)("of $name list rules and proofs that there are", ({ controls }) => {
    const listed = controls.flatMap((it) => it.rules ?? []);
    expect(listed.filter((it) => !names.has(it))).toEqual([]);
  });

  it.each(FRAMEWORKS)("of $name list each control once, with rules or with a reason for none", (framework) => {
    const references = framework.controls.map((it) => it.reference);
    expect(new Set(references).size).toBe(references.length);
    for (const it of framework.controls)
      expect(rulesFor(framework, it, ALL).length > 0, it.reference).toBe(it.uncovered === undefined);
  });

  it("have every control that a rule or a proof names", () => {
    for (const it of ALL)
      expect(controlsOf(it), it.name).toEqual(
        expect.arrayContaining(it.frameworks.map(({ framework, reference }) => `${framework} ${reference}`)),
      );
  });

  it("say of every framework that a plan does not show all of it, where that is so", () => {
    for (const it of [...SPECIFIED, ...REFERENCED])
      expect(
        it.controls.some(({ uncovered }) => uncovered !== undefined),
        it.name,
      ).toBe(true);
  });

  it("map the rules on runtimes and gateways to the ids of AWS", () => {
    const runtimes = ALL.find((it) => it.name === "p3-runtimes-run-in-the-vpc");
    expect(runtimes && controlsOf(runtimes)).toEqual(
      expect.arrayContaining([
        "AWS Security Hub CSPM BedrockAgentCore.1",
        "AWS Config managed rules bedrockagentcore-runtime-private-network-required",
      ]),
    );
  });
});

it("docs/compliance.md is what the rules say", () => {
  const page = readFileSync(new URL("../../../docs/compliance.md", import.meta.url), "utf8");
  expect(page).toBe(compliancePage());
});
