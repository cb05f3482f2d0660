import { CONTROL } from "../engine/frameworks.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, some } from "../engine/three-values.ts";
import { statementsOf } from "../facts/policy-document.ts";

const TOPIC = "aws:sns/topic:Topic";
const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

export const alertsReachSomebody = rule({
  premise: 7,
  id: "alerts-reach-somebody",
  severity: "high",
  description:
    "A topic to which alarms publish has somebody who is told: without a subscription, SNS drops every message.",
  remediation: "Add a TopicSubscription of the topic, with the address of whoever is on duty.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring],
  subjects: { types: [TOPIC], where: isForAlarms },
  judge: (it, stack) => {
    const subscriptions = stack.referrers(it, SUBSCRIPTION, "topic");
    return some(subscriptions, (one) => one.text("endpoint") !== undefined && one.text("endpoint") !== "")
      ? undefined
      : absent(`"${it.name}" must have a subscription: its alarms tell nobody.`);
  },
});

/** Whether alarms of the stack publish to the topic, or its policy lets alarms of other stacks do so. */
function isForAlarms(it: ResourceView, stack: StackIndex): boolean {
  if (stack.referrers(it, ALARM, "alarmActions").length > 0) return true;
  return some(stack.referrers(it, TOPIC_POLICY, "arn"), (policy) =>
    some(statementsOf(policy, "policy"), ({ allows, principals }) =>
      principals.some(({ id }) => allows && id === "cloudwatch.amazonaws.com"),
    ),
  );
}
