import { expect, test } from "vitest";
import type { Day } from "../../../../contracts/day.ts";
import { TAG } from "../../../../contracts/tags.ts";
import { endingSoon } from "../../../../tools/cli/judging/ending-soon.ts";
import { planProgram } from "../../../../tools/offline-planner/plan.ts";
import { runtimeOf, served } from "../../../policies/programs.ts";

const SENTENCE = (days: string) =>
  `"older" may be gone from 2027-02-02, in ${days}: take its release out then, or announce a later day.`;

test.each<[Day, readonly string[]]>([
  ["2026-12-03", []],
  ["2026-12-04", [SENTENCE("60 days")]],
  ["2027-02-01", [SENTENCE("1 day")]],
  ["2027-02-02", [SENTENCE("0 days")]],
  ["2027-02-03", []],
])("on %s, of a release that may be gone from 2027-02-02", async (today, sentences) => {
  const { plan } = await planProgram(
    () => {
      const opts = served();
      runtimeOf("older", opts, { tags: { [TAG.removeOn]: "2027-02-02" } });
      runtimeOf("newest", opts, { tags: {} });
    },
    { stack: "production.eu-west-1.xyz-gmbh", preview: "realistic" },
  );
  expect(endingSoon(plan, today)).toEqual(sentences);
});
