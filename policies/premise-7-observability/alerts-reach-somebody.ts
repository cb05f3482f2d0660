import { CHAT_ENDPOINTS } from "../../environments/observability/chat.ts";
import { CONTROL } from "../engine/frameworks.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, some } from "../engine/three-values.ts";
import { namersOf } from "../facts/reference.ts";
import { TYPE } from "../facts/resource-types.ts";
import { statementsOf } from "../facts/policy-document.ts";

const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
/** What publishes to a topic: by which input it names it. */
const PUBLISHERS = [
  ["aws:cloudwatch/metricAlarm:MetricAlarm", "alarmActions"],
  ["aws:cloudwatch/eventTarget:EventTarget", "arn"],
] as const;

/** AWS services that tell of alarms, of events and of costs. */
const ALERTING = ["budgets", "cloudwatch", "costalerts", "events"].map((it) => `${it}.amazonaws.com`);

export const alertsReachSomebody = rule({
  premise: 7,
  id: "alerts-reach-somebody",
  severity: "high",
  description:
    "A topic to which alarms, rules of events or budgets publish has somebody who is told: without one, SNS drops every message. A region tells whom the environment's data names, and beside them people by e-mail alone, who must confirm it.",
  remediation:
    "Add a TopicSubscription of the topic, with the address of whoever is on duty, or a channel of Slack that names it.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring],
  subjects: { types: [TYPE.topic], where: isForAlarms },
  judge: [
    (it, stack) => {
      const subscriptions = subscribed(it, stack);
      return stack.referrers(it, TYPE.chatChannel, "snsTopicArns").length > 0 ||
        some(subscriptions, (one) => one.text("endpoint") !== undefined && one.text("endpoint") !== "")
        ? undefined
        : absent(`"${it.name}" must have a subscription: its alarms tell nobody.`);
    },
    (it, stack) =>
      named(stack)
        .filter((endpoint) => !some(subscribed(it, stack), (one) => one.text("endpoint") === endpoint))
        .map((endpoint) => absent(`"${it.name}" must tell ${endpoint}.`)),
    (it, stack) =>
      isOfRegion(stack)
        ? subscribed(it, stack)
            .filter((one) => one.text("protocol") !== "email" && !named(stack).includes(one.text("endpoint") ?? ""))
            .map(
              (one) =>
                `"${it.name}" must tell no endpoint that the environment's data does not name, as "${one.name}" does.`,
            )
        : undefined,
    (it, stack) =>
      !hasChannel(stack) || stack.referrers(it, TYPE.chatChannel, "snsTopicArns").length > 0
        ? undefined
        : absent(`"${it.name}" must be told in the channel that the environment's data names.`),
  ],
});

function subscribed(it: ResourceView, stack: StackIndex): readonly ResourceView[] {
  return namersOf(it, { types: [SUBSCRIPTION], input: "topic" }, ["arn", "id"], stack);
}

function isOfRegion(stack: StackIndex): boolean {
  return stack.isOurs && stack.address.layer === "region";
}

/** Whom the alerts of a region are told. */
function named(stack: StackIndex): readonly string[] {
  return isOfRegion(stack) ? stack.address.environment.alerts : [];
}

/** Whether the data names a channel of Slack, and the residency has a region through which it can be told. */
function hasChannel(stack: StackIndex): boolean {
  const { residency } = stack;
  if (!isOfRegion(stack) || residency === undefined) return false;
  return stack.address.environment.slack !== undefined && CHAT_ENDPOINTS[residency] !== undefined;
}

/** Whether something of the stack publishes to the topic, or its policy lets alarms of other stacks do so. */
function isForAlarms(it: ResourceView, stack: StackIndex): boolean {
  if (PUBLISHERS.some(([type, input]) => stack.referrers(it, type, input).length > 0)) return true;
  return some(stack.referrers(it, TOPIC_POLICY, "arn"), (policy) =>
    some(statementsOf(policy, "policy"), ({ allows, principals }) =>
      principals.some(({ id }) => allows && ALERTING.includes(id)),
    ),
  );
}
