import { describe, expect, it } from "vitest";
import { planOfPreview } from "../../../plan/loaders/preview-plan.ts";
import { UNKNOWN } from "../../../plan/model.ts";
import { planOf } from "../../policies/programs.ts";
import { previewOf } from "../../support/written-plans.ts";

const planned = planOf(
  { type: "pulumi:providers:aws", name: "aws", inputs: { region: "eu-west-1" } },
  {
    type: "aws:kms/key:Key",
    name: "key",
    provider: "urn:pulumi:production.eu-west-1.xyz-gmbh::alicerce::pulumi:providers:aws::aws",
    inputs: { policy: UNKNOWN, description: "of data" },
    outputs: { id: UNKNOWN },
    source: { file: "index.ts", line: 7 },
  },
);
const [, key] = planned.resources;
const read = (text: string) => planOfPreview(JSON.parse(text));

describe("a plan from a preview", () => {
  it("has the stack's name, and every resource as it will be, with what is unknown and where it was registered", () => {
    const { stack, complete, resources } = read(previewOf(planned));
    expect({ stack, complete }).toEqual({ stack: planned.stack, complete: true });
    expect(resources[1]).toEqual(key);
  });

  it("takes what is masked as secret for unknown", () => {
    const secret = { ...planned, resources: [{ ...key!, inputs: { policy: ["[secret]"] } }] };
    expect(read(previewOf(secret)).resources[0]?.inputs).toEqual({ policy: [UNKNOWN] });
  });

  it("leaves out what is deleted, and has what is replaced once, as it will be", () => {
    const state = (description: string): object => ({ ...key, inputs: { description } });
    const { urn } = key!;
    const steps = [
      { op: "create-replacement", urn, oldState: state("old"), newState: state("new") },
      { op: "replace", urn, oldState: state("old"), newState: state("new") },
      { op: "delete-replaced", urn, oldState: state("old") },
      { op: "delete", urn: `${urn}-2`, oldState: { ...state("old"), urn: `${urn}-2` } },
      { op: "same", urn: `${urn}-3`, oldState: state("same"), newState: { ...state("same"), urn: `${urn}-3` } },
    ];
    const { resources } = read(JSON.stringify({ steps, changeSummary: { replace: 1, delete: 1, same: 1 } }));
    expect(resources.map((it) => [it.urn, it.inputs["description"]])).toEqual([
      [urn, "new"],
      [`${urn}-3`, "same"],
    ]);
  });

  it.each([
    ["steps that are no list", { steps: {} }, "steps"],
    ["a step without the state that it leads to", { steps: [{ op: "create", urn: key!.urn }] }, key!.urn],
    ["unchanged resources that it does not show", { changeSummary: { create: 2, same: 40 } }, "--show-sames"],
    ["an error of the program", { diagnostics: [{ severity: "error", message: "boom" }] }, "failed"],
    ["a corrupt state below it", { maybeCorrupt: true }, "corrupt"],
  ])("refuses %s", (_, change, words) => {
    expect(() => read(previewOf(planned, change))).toThrow(words);
  });
});
