import { dayOf } from "../contracts/day.ts";
import { judge } from "../policies/engine/judge.ts";
import type { Plan } from "../plan/model.ts";
import { stackOf } from "./support/plans.ts";
import { median, milliseconds, target } from "./support/target.ts";

const TODAY = dayOf(new Date());

const small = await stackOf(2_000);
const large = await stackOf(20_000);
assertJudged(small);

const [first] = [await milliseconds(() => judge(small, TODAY))];
const warm = await median(9, () => milliseconds(() => judge(small, TODAY)));
const tenfold = await median(5, () => milliseconds(() => judge(large, TODAY)));
target(`all rules over ${small.resources.length} resources, first time`, first, 250, "ms");
target(`all rules over ${small.resources.length} resources, median`, warm, 250, "ms");
const ratio = tenfold / warm / (large.resources.length / small.resources.length / 10);
target(`ten times the resources (${large.resources.length}), times as long`, ratio, 12, "x");

/** What judges nothing is fast and proves nothing: every rule of a tenant's stack must have found its subjects in every copy. */
function assertJudged(plan: Plan): void {
  const counts = judge(plan, TODAY).rules.map((it) => it.judged);
  const total = counts.reduce((sum, it) => sum + it, 0);
  if (total < plan.resources.length / 2)
    throw new Error(`only ${total} judgements over ${plan.resources.length} resources`);
}
