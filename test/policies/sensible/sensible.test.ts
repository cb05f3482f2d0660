import { describe, expect, it } from "vitest";
import { judge } from "../../../policies/engine/judge.ts";
import { Platform } from "../../../policies/engine/platform.ts";
import { prove } from "../../../policies/engine/proof.ts";
import { PROOFS } from "../../../policies/proofs/proofs.ts";
import { TODAY } from "../../support/rule-tester.ts";
import { SENSIBLE_CHANGES } from "./changes.ts";
import { changedPlans, changedStack } from "./sensible-change.ts";

describe("a sensible change stays possible:", () => {
  it.each(Object.entries(SENSIBLE_CHANGES))("%s", async (_, change) => {
    const plans = await changedPlans(change);
    const rules = judge(changedStack(change, plans), TODAY).rules;
    const proofs = prove(new Platform(plans, TODAY), PROOFS);
    const findings = [
      ...rules.flatMap(({ rule, ...it }) =>
        [...it.violations, ...it.undetermined].map((one) => [rule.name, one.message]),
      ),
      ...proofs.flatMap(({ proof, ...it }) =>
        [...it.violations, ...it.undetermined].map((one) => [proof.name, one.message]),
      ),
    ];
    const unwritten = (change.newTypes ?? []).map((it) => `what deploys it: ${it}.`);
    const asked = findings.filter(([, message]) => unwritten.some((it) => message?.endsWith(it)));
    expect(asked).toHaveLength(unwritten.length);
    expect(findings.filter((it) => !asked.includes(it))).toEqual([]);
  });

  it("in forty ways at least", () => {
    expect(Object.keys(SENSIBLE_CHANGES).length).toBeGreaterThanOrEqual(40);
  });
});
