import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { statementsOf } from "../../facts/policy-document.ts";
import { callOn, type Deed, keyDeeds, onBehalfOf } from "./deed.ts";

const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";
const TOPIC = "aws:sns/topic:Topic";

/** Alarms publish as CloudWatch, rules as EventBridge: to the topic, and by its key (Amazon SNS developer guide, "Key management"). */
export function topicDeeds(platform: Platform): readonly Deed[] {
  const ofAlarms = platform
    .ofType("aws:cloudwatch/metricAlarm:MetricAlarm")
    .flatMap((it) => it.resource.texts("alarmActions").flatMap((arn) => publishing(platform, it, arn, "cloudwatch")));
  const ofRules = platform
    .ofType("aws:cloudwatch/eventTarget:EventTarget")
    .flatMap((it) => publishing(platform, it, it.resource.text("arn") ?? "", "events"));
  return [...ofAlarms, ...ofRules];
}

function publishing(platform: Platform, from: Placed, arn: string, service: string): readonly Deed[] {
  const topic = platform.ofArn(arn);
  if (topic?.resource.type !== TOPIC) return [];
  const who = `${service}.amazonaws.com`;
  const context = onBehalfOf(sourceOf(from));
  const why = `"${from.resource.name}" tells "${topic.resource.name}"`;
  const policy = platform.ofType(TOPIC_POLICY).find(({ resource }) => resource.text("arn") === arn);
  const statements = policy === undefined ? [] : statementsOf(policy.resource, "policy");
  const key = { who, actions: ["kms:Decrypt", "kms:GenerateDataKey"], context, why };
  return [
    { who, calls: [callOn("sns:Publish", arn, context)], at: policy ?? topic, statements, why },
    ...keyDeeds(platform, topic.resource.text("kmsMasterKeyId"), key),
  ];
}

/** The ARN of the alarm, or of the rule whose target it is. */
function sourceOf({ resource: it, stack }: Placed): string {
  if (!it.type.endsWith("EventTarget")) return outputOf(it, "arn");
  const rule = stack.ofType("aws:cloudwatch/eventRule:EventRule").find((one) => one.text("name") === it.text("rule"));
  return rule === undefined ? "" : outputOf(rule, "arn");
}
