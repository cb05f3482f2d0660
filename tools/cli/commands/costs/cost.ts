import { environments } from "../../../../environments/index.ts";
import { estimate, isAboveBudget } from "../../../cost/estimate.ts";
import { examples, stackCommand } from "../../arguments.ts";
import { EXIT } from "../../exit-code.ts";
import { select } from "../../selection.ts";
import { costData, costText } from "../../text/cost-text.ts";
import { say } from "../../text/terminal.ts";
import { dayOf } from "../../../../contracts/day.ts";

/** `alicerce cost`: what the planned stacks would cost in a month, beside the environment's budget; exit code 3 where it is more. */
export const cost = stackCommand(
  "cost",
  "Estimate what the planned stacks cost in a month, and compare it with the budget.",
)
  .addHelpText(
    "after",
    examples(["alicerce cost", "every stack of production"], ["alicerce cost staging --json", "as data, line by line"]),
  )
  .action(async (given: string | undefined, { stack, json }: { stack?: string; json: boolean }) => {
    const { environment, addresses } = await select(given, stack);
    // The SDKs are loaded only here: with them, every command would take twice as long to start.
    const { planStacks } = await import("../../../offline-planner/plan.ts");
    const planned = await planStacks(addresses, { preview: "known" });
    const plans = planned.map(({ plan }) => plan);
    const estimated = estimate(plans, dayOf(new Date()), environments);
    const hosting = environments[environment]?.agentHosting ?? "eks";
    say(json ? JSON.stringify({ environment, ...costData(estimated) }, null, 2) : costText(estimated, hosting));
    if (isAboveBudget(estimated)) process.exitCode = EXIT.premiseViolated;
  });
