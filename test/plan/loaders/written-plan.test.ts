import { describe, expect, it } from "vitest";
import { stringifyPlan } from "../../../plan/loaders/plan-json.ts";
import { writtenPlan } from "../../../plan/loaders/written-plan.ts";
import { UNKNOWN } from "../../../plan/model.ts";
import { planOf } from "../../policies/programs.ts";
import { exportOf, previewOf } from "../../support/written-plans.ts";

const MARK = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const planned = planOf({
  type: "aws:kms/key:Key",
  name: "key",
  inputs: { description: "of data" },
  outputs: { id: UNKNOWN },
  source: { file: "lib/keys.ts", line: 12 },
});
const [key] = planned.resources;

describe("what a tool has written of a stack", () => {
  it.each([
    ["an exported state", exportOf(planned)],
    ["a preview", previewOf(planned)],
    ["a plan of our own", stringifyPlan(planned)],
  ])("is the same plan: %s", (_, text) => {
    expect(writtenPlan(text)).toEqual(planned);
  });

  it("is read with the secrets that were shown, and those that were not are unknown", () => {
    const inputs = { a: { ...MARK, plaintext: '{"b":["c"]}' }, d: { ...MARK, ciphertext: "AAAA" } };
    const plan = writtenPlan(exportOf({ ...planned, resources: [{ ...key!, inputs }] }));
    expect(plan.resources[0]?.inputs).toEqual({ a: { b: ["c"] }, d: UNKNOWN });
  });

  it("has no stack's name where nothing is deployed", () => {
    expect(writtenPlan(exportOf(planOf()))).toEqual({ stack: "", complete: true, resources: [] });
  });

  it.each([
    ["an empty text", " \n", "is empty"],
    ["half a text", exportOf(planned).slice(0, -20), "is not whole: it ends in the middle of its JSON"],
    ["what is no JSON", "steps: []", "is no JSON"],
    ["JSON of another kind", '{"name":"shop"}', "is none of these: a state"],
    ["a list", "[]", "is none of these: a state"],
    [
      "a state of an older version",
      '{"version":2,"deployment":{}}',
      "is a state of version 2; those of 3 and 4 are read",
    ],
    ["a state without a version", '{"deployment":{}}', "is a state of version undefined"],
    ["a file of a backend", '{"version":3,"checkpoint":{}}', "export the stack by `pulumi stack export`"],
    ["a state that an update left half done", exportOf(planned, { pending_operations: [{}] }), "pulumi refresh"],
    [
      "resources of two stacks",
      exportOf({ ...planned, resources: [key!, { ...key!, urn: "urn:pulumi:dev::shop::aws:kms/key:Key::key" }] }),
      'holds resources of several stacks: "production.eu-west-1.xyz-gmbh", "dev"',
    ],
    ["one resource twice", exportOf({ ...planned, resources: [key!, key!] }), "holds one resource twice"],
    ["a URN that is none", exportOf({ ...planned, resources: [{ ...key!, urn: "key" }] }), '"key" is no URN'],
  ])("is refused for %s", (_, text, words) => {
    expect(() => writtenPlan(text)).toThrow(words);
  });

  it("is refused without a word of what it holds", () => {
    expect(() => writtenPlan('{"password": hunter2}')).toThrow(/^is no JSON$/);
  });
});
