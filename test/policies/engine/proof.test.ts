import { expect, test } from "vitest";
import { CONTROL } from "../../../policies/engine/frameworks.ts";
import { Platform } from "../../../policies/engine/platform.ts";
import { proof, prove } from "../../../policies/engine/proof.ts";
import { UnknownValue } from "../../../policies/engine/three-values.ts";
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

test("any other error in a proof is thrown", () => {
  expect(() => prove(platform, [thatThrows(new TypeError("it is broken"))])).toThrow("it is broken");
});
