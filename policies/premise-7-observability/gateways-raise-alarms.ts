import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import { absent, some } from "../engine/three-values.ts";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** What AgentCore names a metric of a gateway by; an alarm on fewer dimensions watches a metric that need not exist. */
const DIMENSIONS = ["Method", "Name", "Operation", "Protocol", "Resource"];

/** A Metrics Insights query of one resource, whatever other dimensions its metrics have. */
const QUERY = /^SELECT \w+\((?:SystemErrors|Throttles)\) FROM "AWS\/Bedrock-AgentCore" WHERE Resource = '([^']+)'$/;

export const gatewaysRaiseAlarms = rule({
  premise: 7,
  id: "gateways-raise-alarms",
  severity: "medium",
  description:
    "A failing gateway raises an alarm that publishes to a topic, on metrics that exist: CloudWatch matches whole sets of dimensions.",
  remediation:
    "Add a MetricAlarm with `alarmActions`, and a metric query of AWS/Bedrock-AgentCore WHERE Resource is the gateway's ARN.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring],
  subjects: { types: [TYPE.gateway] },
  judge: (it, stack) => {
    const queried = stack.referrers(it, ALARM, "metricQueries").filter((alarm) => asks(alarm, it));
    const measured = stack.referrers(it, ALARM, "dimensions").filter(namesAll);
    return some([...queried, ...measured], tells)
      ? undefined
      : absent(`"${it.name}" must have an alarm on its errors that tells somebody.`);
  },
});

function tells(alarm: ResourceView): boolean {
  return alarm.at("actionsEnabled") !== false && alarm.list("alarmActions").length > 0;
}

function asks(alarm: ResourceView, gateway: ResourceView): boolean {
  const arn = gateway.resource.outputs?.["gatewayArn"];
  return some(alarm.list("metricQueries"), (query) => {
    const [, resource] = QUERY.exec(query.text("expression") ?? "") ?? [];
    const isOfGateway = resource !== undefined && (typeof arn !== "string" || resource === arn);
    return isOfGateway && query.flag("returnData") === true;
  });
}

function namesAll(alarm: ResourceView): boolean {
  const names = alarm.entries("dimensions").map(([name]) => name);
  return alarm.text("namespace") === "AWS/Bedrock-AgentCore" && DIMENSIONS.every((it) => names.includes(it));
}
