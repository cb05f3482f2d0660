import { expect, test } from "vitest";
import { TAG } from "../../../contracts/tags.ts";
import { previousMajorsGoWhenTheySaid } from "../../../policies/premise-6-versioning/previous-majors-go-when-they-said.ts";
import { testRule } from "../../support/rule-tester.ts";
import { runtimeOf, served } from "../programs.ts";

function older(removeOn?: string): void {
  const tags = { [TAG.service]: "database", [TAG.version]: "1.0.0" };
  runtimeOf("older", served(), { tags: removeOn === undefined ? tags : { ...tags, [TAG.removeOn]: removeOn } });
}

testRule(
  previousMajorsGoWhenTheySaid,
  {
    accepts: {
      "an older major before its day": () => older("2027-09-01"),
      "an older major on the day on which it may be gone": () => older("2027-06-15"),
      "a major that is to stay": () => older(),
    },
    rejects: {
      "an older major a day after clients were told that it is gone": [
        () => older("2027-06-14"),
        '"older" must be gone: its clients were told that it goes on 2027-06-14.',
      ],
    },
    ignores: { "a runtime without a version": () => void runtimeOf("database", served()) },
  },
  { preview: "realistic", today: "2027-06-15" },
);

test("advises: no day that passes stops a deployment by itself", () => {
  expect(previousMajorsGoWhenTheySaid.mandatory).toBe(false);
});
