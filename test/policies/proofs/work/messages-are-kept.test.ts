import { expect, it } from "vitest";
import { partsFitTogether } from "../../../../policies/proofs/parts-fit-together.ts";
import { plansOfAllEnvironments } from "../all-environments.ts";
import { type Edit, edited, type Inputs, set, statementsIn } from "../edits.ts";
import { verdictOf, waysOf, XYZ } from "../platforms.ts";

const QUEUE = "aws:sqs/queue:Queue";
const plans = (plansOfAllEnvironments().get("production") ?? []).filter(
  ({ stack }) => stack === XYZ || XYZ.startsWith(`${stack}.`),
);

it.each<readonly [string, Edit, string]>([
  [
    "messages that are read for ever",
    { type: QUEUE, name: "agent-coordinator-hears", change: set(["redrivePolicy"], undefined) },
    '"agent-coordinator-hears" must put a message that its reader fails at into another queue of its stack.',
  ],
  [
    "messages that are put into a queue of nobody",
    {
      type: QUEUE,
      name: "agent-coordinator-hears",
      change: change("redrivePolicy", (it) => it.replace("-dead", "-gone")),
    },
    '"agent-coordinator-hears" must put a message that its reader fails at into another queue of its stack.',
  ],
  [
    "a queue that anybody may read",
    { type: "aws:sqs/queuePolicy:QueuePolicy", name: "agent-coordinator-hears" },
    '"agent-coordinator-hears" must have a policy that denies its messages to all but named roles.',
  ],
  [
    "failed messages that anybody may read",
    {
      type: "aws:sqs/queuePolicy:QueuePolicy",
      name: "agent-coordinator-hears-dead",
      change: statementsIn("policy", () => []),
    },
    '"agent-coordinator-hears-dead" must have a policy that denies its messages to all but named roles.',
  ],
  [
    "a bus that anybody may tell",
    { type: "aws:cloudwatch/eventBusPolicy:EventBusPolicy", name: "events" },
    '"events" must have a policy that denies its messages to all but named roles.',
  ],
])("what workloads tell each other is kept for them: it finds %s", (_, edit, says) => {
  expect(waysOf(verdictOf(partsFitTogether, ...edited(plans, edit))).join("\n")).toContain(says);
});

function change(input: string, of: (text: string) => string): (inputs: Inputs) => void {
  return (inputs) => {
    inputs[input] = of(String(inputs[input]));
  };
}
