import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import { absent, some } from "../engine/three-values.ts";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

export const gatewaysRaiseAlarms = rule({
  premise: 7,
  id: "gateways-raise-alarms",
  severity: "medium",
  description: "A failing gateway raises an alarm that notifies somebody.",
  remediation: "Add a MetricAlarm of AWS/Bedrock-AgentCore on the gateway, with `alarmActions`.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring],
  subjects: { types: [TYPE.gateway] },
  judge: (it, stack) =>
    some(stack.referrers(it, ALARM, "dimensions"), tells)
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
