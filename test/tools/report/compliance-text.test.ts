import { expect, test } from "vitest";
import type { FrameworkVerdict } from "../../../policies/compliance/verdicts.ts";
import { complianceText } from "../../../tools/report/compliance-text.ts";

const control = { about: "something", rules: [] } as const;

test("the report counts the controls of a framework by verdict, and names those that do not hold", () => {
  const framework: FrameworkVerdict = {
    framework: "NIST CSF",
    version: "2.0",
    controls: [
      { ...control, reference: "PR.DS-01", verdict: "held" },
      { ...control, reference: "PR.DS-02", verdict: "violated" },
      { ...control, reference: "PR.PS-06", verdict: "not covered", why: "no rule yet" },
    ],
  };
  const text = complianceText([framework]).join("\n");
  expect(text).toContain("| NIST CSF 2.0 | 1 | 1 | 0 | 0 | 0 | 1 |");
  expect(text).toContain("- NIST CSF PR.DS-02, something: violated");
  expect(text).not.toContain("PR.DS-01");
});
