import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { namersOf, type Naming } from "../facts/reference.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import { absent, some } from "../engine/three-values.ts";

const ALARMS: Naming = {
  types: ["aws:cloudwatch/metricAlarm:MetricAlarm"],
  input: "dimensions",
  path: "dimensions.Resource",
};

/** How an alarm counts what a gateway fails to do. */
const COUNTS: Readonly<Record<string, readonly string[]>> = {
  metricName: ["SystemErrors"],
  statistic: ["Sum", "Maximum"],
  comparisonOperator: ["GreaterThanThreshold", "GreaterThanOrEqualToThreshold"],
};
const MOST_FAILURES = 100;
const MOST_SECONDS = 3600;

export const gatewaysRaiseAlarms = rule({
  premise: 7,
  id: "gateways-raise-alarms",
  severity: "medium",
  description: "A failing gateway raises an alarm that notifies somebody.",
  remediation:
    "Add a MetricAlarm of the sum of SystemErrors in AWS/Bedrock-AgentCore on the gateway, above a small number, with `alarmActions`.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring],
  subjects: { types: [TYPE.gateway] },
  judge: (it, stack) =>
    some(namersOf(it, ALARMS, ["gatewayArn"], stack), (alarm) => tells(alarm) && rings(alarm))
      ? undefined
      : absent(`"${it.name}" must have an alarm that tells somebody.`),
});

function tells(alarm: ResourceView): boolean {
  return (
    alarm.text("namespace") === "AWS/Bedrock-AgentCore" &&
    alarm.at("actionsEnabled") !== false &&
    alarm.list("alarmActions").length > 0
  );
}

/** Whether some errors within an hour are enough: a count of a metric that only failures raise, above a small number. */
function rings(alarm: ResourceView): boolean {
  const seconds = (alarm.number("period") ?? Infinity) * (alarm.number("evaluationPeriods") ?? Infinity);
  const counts = Object.entries(COUNTS).every(([input, values]) => values.includes(alarm.text(input) ?? ""));
  return counts && (alarm.number("threshold") ?? Infinity) <= MOST_FAILURES && seconds <= MOST_SECONDS;
}
