import { describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../plan/model.ts";
import { judge } from "../../../policies/engine/judge.ts";
import { applied, judgeExempting } from "../../../policies/exemptions/exempting.ts";
import { type Exemption, readExemptions } from "../../../policies/exemptions/exemption.ts";
import { logGroupsKeepLogs } from "../../../policies/premise-7-observability/log-groups-keep-logs.ts";
import { TENANT_STACK, TODAY } from "../../support/rule-tester.ts";
import { planOf, urnOf } from "../programs.ts";

const TYPE = "aws:cloudwatch/logGroup:LogGroup";
const rules = [logGroupsKeepLogs];

const exemption = (change: Partial<Exemption> = {}): readonly Exemption[] =>
  readExemptions([
    {
      rule: logGroupsKeepLogs.name,
      resource: urnOf(TYPE, "logs"),
      finding: '"logs" must keep its logs for a named number of days, at least 365.',
      reason: "The archive takes over until the migration ends.",
      owner: "platform@example.com",
      ticket: "OPS-12",
      expiry: "2026-10-01",
      ...change,
    },
  ]);

const logs = (retentionInDays: unknown, name = "logs") => ({ type: TYPE, name, inputs: { retentionInDays } });

function judged(others: readonly Exemption[], ...resources: readonly ReturnType<typeof logs>[]) {
  const { verdicts, exempted, faults } = judgeExempting([planOf(...resources)], TODAY, { rules, others });
  const violations = verdicts.flatMap((it) => it.rules.flatMap((of) => of.violations.map(({ name }) => name)));
  return { violations, exempted, faults: faults.map((it) => it.message) };
}

const about = `The exemption of "logs" from ${logGroupsKeepLogs.name} (OPS-12, platform@example.com) must`;

describe("an exemption", () => {
  it("takes its finding out of what is violated, and tells it with what was agreed", () => {
    const { violations, exempted, faults } = judged(exemption(), logs(30));
    expect({ violations, faults }).toEqual({ violations: [], faults: [] });
    expect(exempted).toEqual([
      expect.objectContaining({
        urn: urnOf(TYPE, "logs"),
        stack: TENANT_STACK,
        exemption: exemption()[0],
        daysLeft: 61,
      }),
    ]);
  });

  it("covers no other resource", () => {
    expect(judged(exemption(), logs(30), logs(30, "others")).violations).toEqual(["others"]);
  });

  it("covers no other finding of the same resource", () => {
    const { violations, faults } = judged(exemption({ finding: '"logs" must be green.' }), logs(30));
    expect(violations).toEqual(["logs"]);
    expect(faults).toEqual([`${about} be removed: there is no such finding.`]);
  });

  it("fails when nothing needs it, or the resource is gone, or its stack", () => {
    const unused = [`${about} be removed: there is no such finding.`];
    expect(judged(exemption(), logs(365)).faults).toEqual(unused);
    expect(judged(exemption()).faults).toEqual(unused);
    const elsewhere = urnOf(TYPE, "logs").replace(TENANT_STACK, "production.eu-west-9");
    expect(judged(exemption({ resource: elsewhere }), logs(365)).faults).toEqual(unused);
  });

  it("waits where the rule cannot tell yet, and hides no doubt", () => {
    const { verdicts, exempted, faults } = judgeExempting([planOf(logs(UNKNOWN))], TODAY, {
      rules,
      others: exemption(),
    });
    expect(verdicts[0]?.rules[0]?.undetermined).toHaveLength(1);
    expect({ exempted, faults }).toEqual({ exempted: [], faults: [] });
  });

  it("counts on its last day and not on the next", () => {
    expect(judged(exemption({ expiry: TODAY }), logs(30)).violations).toEqual([]);
    const { violations, faults } = judged(exemption({ expiry: "2026-07-31" }), logs(30));
    expect(violations).toEqual(["logs"]);
    expect(faults).toEqual([`${about} be renewed or removed: it ended on 2026-07-31.`]);
  });

  it("lasts 180 days at most", () => {
    expect(judged(exemption({ expiry: "2027-01-28" }), logs(30)).violations).toEqual([]);
    const { violations, faults } = judged(exemption({ expiry: "2027-01-29" }), logs(30));
    expect(violations).toEqual(["logs"]);
    expect(faults).toEqual([`${about} end within 180 days: 2027-01-29 is 181 days away.`]);
  });

  it("changes nothing in what the judge itself says", () => {
    const verdict = judge(planOf(logs(30)), TODAY, rules);
    applied([verdict], TODAY, exemption());
    expect(verdict.rules[0]?.violations).toHaveLength(1);
  });
});
