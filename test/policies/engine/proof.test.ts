import { expect, test } from "vitest";
import { CONTROL } from "../../../policies/engine/frameworks.ts";
import { Platform } from "../../../policies/engine/platform.ts";
import { proof, prove } from "../../../policies/engine/proof.ts";
import { UnknownValue } from "../../../policies/engine/three-values.ts";
import { UnreadableDocument } from "../../../policies/engine/unreadable-document.ts";
import { TENANT_STACK, TODAY } from "../../support/rule-tester.ts";
import { planOf } from "../programs.ts";

function thatThrows(error: Error): ReturnType<typeof proof> {
  return proof({
    premise: 1,
    id: "nothing-is-known",
    severity: "high",
    description: "Everything is known.",
    remediation: "Find it out.",
    frameworks: [CONTROL.isoConfiguration],
    prove: () => {
      throw error;
    },
  });
}

const platform = new Platform([planOf()], TODAY);

test("a value that is not known and of no resource in particular makes a proof undetermined, never held", () => {
  const [verdict] = prove(platform, [thatThrows(new UnknownValue("outputs.id"))]);
  expect(verdict?.undetermined).toEqual([expect.objectContaining({ stack: TENANT_STACK, path: "outputs.id" })]);
});

test("a document that cannot be read makes a proof violated, never an error", () => {
  const [verdict] = prove(platform, [thatThrows(new UnreadableDocument("it is no JSON"))]);
  expect(verdict?.violations).toEqual([
    expect.objectContaining({
      stack: TENANT_STACK,
      message: "The stacks must hold policy documents that can be read: of one, it is no JSON.",
    }),
  ]);
});

test("any other error in a proof is thrown", () => {
  expect(() => prove(platform, [thatThrows(new TypeError("it is broken"))])).toThrow("it is broken");
});
