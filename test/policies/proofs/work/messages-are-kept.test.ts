import { expect, it } from "vitest";
import { partsFitTogether } from "../../../../policies/proofs/parts-fit-together.ts";
import { plansOfAllEnvironments } from "../all-environments.ts";
import { type Edit, edited, type Inputs, set, statementsIn } from "../edits.ts";
import { verdictOf, waysOf, XYZ } from "../platforms.ts";

const QUEUE = "aws:sqs/queue:Queue";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const ARCHIVE = "aws:cloudwatch/eventArchive:EventArchive";
const plans = (plansOfAllEnvironments().get("production") ?? []).filter(
  ({ stack }) => stack === XYZ || XYZ.startsWith(`${stack}.`),
);

it.each<readonly [string, Edit, string]>([
  [
    "messages that are read for ever",
    { type: QUEUE, name: "agent-data-transformer-hears", change: set(["redrivePolicy"], undefined) },
    '"agent-data-transformer-hears" must put a message that its reader fails at into another queue of its stack.',
  ],
  [
    "messages that are put into a queue of nobody",
    {
      type: QUEUE,
      name: "agent-data-transformer-hears",
      change: change("redrivePolicy", (it) => it.replace("-dead", "-gone")),
    },
    '"agent-data-transformer-hears" must put a message that its reader fails at into another queue of its stack.',
  ],
  [
    "a queue that anybody may read",
    { type: "aws:sqs/queuePolicy:QueuePolicy", name: "agent-data-transformer-hears" },
    '"agent-data-transformer-hears" must have a policy that denies its messages to all but named roles.',
  ],
  [
    "failed messages that anybody may read",
    {
      type: "aws:sqs/queuePolicy:QueuePolicy",
      name: "agent-data-transformer-hears-dead",
      change: statementsIn("policy", () => []),
    },
    '"agent-data-transformer-hears-dead" must have a policy that denies its messages to all but named roles.',
  ],
  [
    "a bus that anybody may tell",
    { type: "aws:cloudwatch/eventBusPolicy:EventBusPolicy", name: "events" },
    '"events" must have a policy that denies its messages to all but named roles.',
  ],
  [
    "messages that nobody takes, and nobody is told",
    { type: ALARM, name: "bff-b2b-webhooks-wait-old" },
    '"bff-b2b-webhooks-wait" must have an alarm on ApproximateAgeOfOldestMessage.',
  ],
  [
    "failed messages of which nobody is told",
    { type: ALARM, name: "agent-data-transformer-hears-dead" },
    '"agent-data-transformer-hears-dead" must have an alarm on ApproximateNumberOfMessagesVisible.',
  ],
  [
    "an alarm on the failed messages of another queue",
    { type: ALARM, name: "agent-data-transformer-hears-dead", change: set(["dimensions"], { QueueName: "other" }) },
    '"agent-data-transformer-hears-dead" must have an alarm on ApproximateNumberOfMessagesVisible.',
  ],
  [
    "a bus of which nothing can be said again",
    { type: ARCHIVE, name: "events" },
    '"events" must have an archive of all that is said on it.',
  ],
  [
    "an archive of a part of what is said",
    { type: ARCHIVE, name: "events", change: set(["eventPattern"], '{"source":["bff.b2b"]}') },
    '"events" must have an archive of all that is said on it.',
  ],
])("what workloads tell each other is kept for them: it finds %s", (_, edit, says) => {
  expect(waysOf(verdictOf(partsFitTogether, ...edited(plans, edit))).join("\n")).toContain(says);
});

function change(input: string, of: (text: string) => string): (inputs: Inputs) => void {
  return (inputs) => {
    inputs[input] = of(String(inputs[input]));
  };
}
