import { describe, expect, it } from "vitest";
import { CONTROL } from "../../../policies/engine/frameworks.ts";
import { judge, type RuleVerdict } from "../../../policies/engine/judge.ts";
import { UNKNOWN, type Plan, type PlannedResource } from "../../../plan/model.ts";
import { rule, type Fact, type Rule, type RuleDefinition } from "../../../policies/engine/rule.ts";
import { absent, every, some } from "../../../policies/engine/three-values.ts";
import { TODAY } from "../../support/rule-tester.ts";
import { planOf, urnOf } from "../programs.ts";

const TYPE = "aws:example/thing:Thing";

function ruleThat(judgeBy: Fact | readonly Fact[], change: Partial<RuleDefinition> = {}): Rule {
  return rule({
    premise: 1,
    id: "things-are-red",
    severity: "high",
    description: "Things are red.",
    remediation: "Paint them.",
    frameworks: [CONTROL.isoConfiguration],
    subjects: { types: [TYPE] },
    judge: judgeBy,
    ...change,
  });
}

function thing(
  name: string,
  inputs: PlannedResource["inputs"] = {},
): Pick<PlannedResource, "type" | "name" | "inputs"> {
  return { type: TYPE, name, inputs };
}

function verdictOf(it: Rule, plan: Plan): RuleVerdict {
  const [verdict] = judge(plan, TODAY, [it]).rules;
  if (verdict === undefined) throw new Error("no verdict");
  return verdict;
}

const isRed: Fact = (it) => (it.text("colour") === "red" ? undefined : `"${it.name}" must be red.`);

describe("the judge", () => {
  it("counts the resources that a rule is about, and those of which it holds", () => {
    const verdict = verdictOf(
      ruleThat(isRed),
      planOf(thing("a", { colour: "red" }), thing("b"), { type: "x:y:Z", name: "c" }),
    );
    expect(verdict).toMatchObject({ judged: 2, held: 1, undetermined: [] });
    expect(verdict.violations).toEqual([{ urn: urnOf(TYPE, "b"), name: "b", message: '"b" must be red.' }]);
  });

  it("does not let what is unknown of one resource hide a violation of another", () => {
    const verdict = verdictOf(ruleThat(isRed), planOf(thing("a", { colour: UNKNOWN }), thing("b", { colour: "blue" })));
    expect(verdict.held).toBe(0);
    expect(verdict.violations.map(({ name }) => name)).toEqual(["b"]);
    expect(verdict.undetermined).toEqual([
      {
        urn: urnOf(TYPE, "a"),
        name: "a",
        path: "colour",
        message: '"a" cannot be judged before this is known: colour.',
      },
    ]);
  });

  it("does not let one unknown fact of a resource hide another fact of it", () => {
    const isSmall: Fact = (it) => (it.number("size") === 1 ? undefined : `"${it.name}" must be small.`);
    const verdict = verdictOf(ruleThat([isRed, isSmall]), planOf(thing("a", { colour: UNKNOWN, size: 2 })));
    expect(verdict.violations.map(({ message }) => message)).toEqual(['"a" must be small.']);
    expect(verdict.undetermined.map(({ path }) => path)).toEqual(["colour"]);
  });

  it("names the path of what is unknown, at any depth", () => {
    const deep: Fact = (it) => it.list("parts").map((part) => (part.flag("x.y") === true ? undefined : "no"));
    const verdict = verdictOf(ruleThat(deep), planOf(thing("a", { parts: [{ x: { y: true } }, { x: UNKNOWN }] })));
    expect(verdict.undetermined.map(({ path }) => path)).toEqual(["parts.1.x"]);
  });

  it("counts a rule that throws as violated, and names it without quoting what it judged", () => {
    const broken: Fact = (it) => JSON.parse(it.text("secret") ?? "") as string;
    const [found] = verdictOf(ruleThat(broken), planOf(thing("a", { secret: "hunter2" }))).violations;
    expect(found?.message).toMatch(
      /^"a" must be judged by p1-things-are-red, which failed with SyntaxError at [\w.-]+:\d+\.$/,
    );
    expect(found?.message).not.toContain("hunter2");
  });

  it("counts a rule whose subjects cannot be told as violated or undetermined, never as absent", () => {
    const where = (): boolean => {
      throw new RangeError("oops");
    };
    const verdict = verdictOf(ruleThat(isRed, { subjects: { types: [TYPE], where } }), planOf(thing("a")));
    expect(verdict).toMatchObject({ judged: 1, held: 0 });
    expect(verdict.violations).toHaveLength(1);
  });

  it("takes an absence for a violation only when nothing more can come", () => {
    const needs = ruleThat((it) => absent(`"${it.name}" must have a lid.`));
    const plan = planOf(thing("a"));
    expect(verdictOf(needs, plan).violations.map(({ message }) => message)).toEqual(['"a" must have a lid.']);
    const partial = verdictOf(needs, { ...plan, complete: false });
    expect(partial.violations).toEqual([]);
    expect(partial.undetermined.map(({ path }) => path)).toEqual(["resources that have yet to be registered"]);
  });

  it("takes links that the loader cannot know for undetermined", () => {
    const linked = ruleThat((it, stack) => (stack.linked(it, "key").length > 0 ? undefined : "no"));
    const [resource] = planOf(thing("a", { key: "k" })).resources;
    const { urn, type, name, custom, inputs, dependencies } = resource!;
    const alone = { urn, type, name, custom, inputs, dependencies };
    expect(verdictOf(linked, { ...planOf(), resources: [alone] }).undetermined.map(({ path }) => path)).toEqual([
      "key (where it comes from)",
    ]);
  });

  it("judges a stack that is none of ours by generic rules only, and by others no type but the listed ones", () => {
    const plan = { ...planOf(thing("a")), stack: "playground" };
    expect(verdictOf(ruleThat(isRed), plan)).toMatchObject({ judged: 0, violations: [], undetermined: [] });
    expect(verdictOf(ruleThat(isRed, { foreign: "all" }), plan).violations).toHaveLength(1);
    expect(verdictOf(ruleThat(isRed, { foreign: [TYPE] }), plan).violations).toHaveLength(1);
    expect(verdictOf(ruleThat(isRed, { foreign: ["x:y:Z"] }), plan).judged).toBe(0);
  });

  it("cannot decide by address where a stack of an environment of ours has a name that is none", () => {
    const governed = ruleThat((_, stack) => (stack.residency === "eu" ? undefined : "no"));
    const plan = { ...planOf(thing("a")), stack: "production.eu-west-1.gone-tenant" };
    expect(verdictOf(governed, plan).undetermined.map(({ path }) => path)).toEqual([
      "address (the stack's name is none)",
    ]);
  });

  it("derives enforcement from severity", () => {
    const levels = (["critical", "high", "medium", "low"] as const).map(
      (severity) => ruleThat(isRed, { severity }).mandatory,
    );
    expect(levels).toEqual([true, true, false, false]);
  });
});

describe("reading lists in three values", () => {
  const plan = (...colours: readonly unknown[]): Plan => planOf(thing("a", { colours }));
  const anyRed = ruleThat((it) => (some(it.list("colours"), (colour) => colour.text() === "red") ? undefined : "none"));
  const allRed = ruleThat((it) =>
    every(it.list("colours"), (colour) => colour.text() === "red") ? undefined : "some",
  );

  it.each([
    ["one that fits decides for some", anyRed, plan(UNKNOWN, "red"), { held: 1 }],
    ["an unknown one leaves some open", anyRed, plan(UNKNOWN, "blue"), { held: 0, violations: [] }],
    ["one that does not fit decides for every", allRed, plan(UNKNOWN, "blue"), { undetermined: [] }],
    ["an unknown one leaves every open", allRed, plan(UNKNOWN, "red"), { held: 0, violations: [] }],
  ])("%s", (_, it, input, expected) => {
    expect(verdictOf(it, input)).toMatchObject(expected);
  });
});
