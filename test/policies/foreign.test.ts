import { describe, expect, test } from "vitest";
import { type RuleVerdict, judge } from "../../policies/engine/judge.ts";
import { type Case, TODAY } from "../support/rule-tester.ts";
import { CARELESS } from "./careless-programs.ts";
import { foreign, FOREIGN_STACK, partsOf, planOfCase, privateBucket, SENSIBLE } from "./foreign-programs.ts";

describe("in a stack whose name is no address", () => {
  test.each(Object.entries(SENSIBLE))("nothing is said of %s", async (_, program) => {
    expect((await found(program)).map(words)).toEqual([]);
  });

  test.each(Object.entries(CARELESS))("generic rules refuse %s", async (_, [program, ...rules]) => {
    const verdicts = await found(program);
    expect(verdicts.flatMap(({ rule, violations }) => (violations.length > 0 ? [rule.name] : []))).toEqual(rules);
    expect(verdicts.every(({ rule }) => rule.mandatory)).toBe(true);
  });

  test("a program without any resource is judged, and holds", async () => {
    expect((await found(() => undefined)).map(words)).toEqual([]);
  });
});

describe("in a stack whose name is an address", () => {
  test("a private bucket in a region is accepted", async () => {
    const program = (): void => {
      const tags = { "alicerce:environment": "staging" };
      const opts = foreign("eu-west-1", { defaultTags: { tags } });
      partsOf(privateBucket(opts), opts);
    };
    expect((await found(program, "staging.eu-west-1")).map(words)).toEqual([]);
  });

  test("every rule judges, also where the address is of an environment of ours but no longer in its data", async () => {
    for (const stack of ["production.eu-west-1.xyz-gmbh", "production.eu-west-1.gone-tenant", "production.mars"]) {
      const verdicts = await found(() => foreign(), stack);
      expect(verdicts.map(({ rule }) => rule.name)).toContain("p5-tenant-resources-are-tagged");
    }
  });
});

/** What rules find in a program, or cannot decide. */
async function found(program: Case, stack = FOREIGN_STACK): Promise<readonly RuleVerdict[]> {
  return judge(await planOfCase(program, stack), TODAY).rules.filter(
    (it) => it.violations.length + it.undetermined.length > 0,
  );
}

function words({ rule, violations, undetermined }: RuleVerdict): readonly string[] {
  return [rule.name, ...[...violations, ...undetermined].map((it) => it.message)];
}
