import { describe, expect, it } from "vitest";
import { EXEMPTIONS } from "../../../policies/exemptions/exemptions.ts";
import { type Exemption, ExemptionError, readExemptions } from "../../../policies/exemptions/exemption.ts";
import { PROOFS } from "../../../policies/proofs/proofs.ts";
import { RULES } from "../../../policies/rules.ts";

const LOGS = "urn:pulumi:production.eu-west-1::alicerce::aws:cloudwatch/logGroup:LogGroup::logs";

const sound: Exemption = {
  rule: "p7-log-groups-keep-logs",
  resource: LOGS,
  finding: '"logs" must keep its logs for a named number of days, at least 365.',
  reason: "The archive takes over until the migration ends.",
  owner: "platform@example.com",
  ticket: "OPS-12",
  expiry: "2026-09-01",
};

function faultsOf(list: unknown): string {
  try {
    readExemptions(list);
  } catch (error) {
    if (error instanceof ExemptionError) return error.message;
    throw error;
  }
  return "";
}

const changed = (change: object): readonly object[] => [{ ...sound, ...change }];

describe("an exemption", () => {
  it("is read when it says everything", () => {
    expect(readExemptions([sound])).toEqual([sound]);
  });

  it("is none in the shipped environments", () => {
    expect(EXEMPTIONS).toEqual([]);
  });

  it.each([
    ["every resource", { resource: "*" }, "must be the URN of one resource, without wildcards"],
    [
      "resources by a wildcard in a URN",
      { resource: LOGS.replace("logs", "*") },
      "must be the URN of one resource, without wildcards",
    ],
    ["every stack", { resource: LOGS.replace("production.eu-west-1", "*") }, "without wildcards"],
    ["a resource by its name", { resource: "logs" }, "must be the URN of one resource"],
    ["every rule", { rule: "*" }, '"*" is no rule'],
    ["a rule that there is not", { rule: "p7-logs" }, '"p7-logs" is no rule'],
    ["every finding", { finding: "" }, "[0].finding must be a text"],
    ["all time", { expiry: undefined }, "[0].expiry must be a day"],
    ["all time, by a word", { expiry: "never" }, "[0].expiry must be a day"],
    ["until a day that there is not", { expiry: "2026-02-30" }, "[0].expiry must be a day"],
    ["no reason", { reason: "  " }, "[0].reason must be a text of 20 or more characters"],
    ["nobody", { owner: "" }, "[0].owner must be a text"],
    ["no ticket", { ticket: undefined }, "[0].ticket is missing"],
    ["with a setting that nobody reads", { severity: "low" }, "(severity)"],
  ])("is refused for %s", (_, change, fault) => {
    expect(faultsOf(changed(change))).toContain(fault);
  });

  it("is refused twice for the same finding", () => {
    expect(faultsOf([sound, { ...sound, ticket: "OPS-13" }])).toContain(`${LOGS} is exempt from ${sound.rule} twice`);
  });

  it.each([null, {}, "p7-log-groups-keep-logs", [[]]])("is refused where the list is %j", (list) => {
    expect(faultsOf(list)).not.toBe("");
  });

  it("tells all faults at once", () => {
    expect(faultsOf([{ ...sound, rule: "x", expiry: "x" }, {}]).split("\n").length).toBeGreaterThan(5);
  });
});

describe("what accepts no exemption", () => {
  const isolation = RULES.filter((it) => it.premise === 5 || it.premise === "residency");

  it.each([
    ...isolation.map((it) => it.name),
    "p8-only-what-is-understood-is-deployed",
    "p8-policy-documents-are-understood",
    "p8-providers-act-in-the-environments-account",
  ])("%s", (rule) => {
    expect(faultsOf(changed({ rule }))).toContain(`${rule} accepts no exemption`);
  });

  it.each(PROOFS.map((it) => it.name))("the proof %s", (rule) => {
    expect(faultsOf(changed({ rule }))).toContain("proofs accept no exemption");
  });

  it("is not every rule", () => {
    expect(RULES.filter(({ name: rule }) => faultsOf(changed({ rule })) === "").length).toBeGreaterThan(40);
  });
});
