import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { namersOf, type Naming } from "../facts/reference.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import { absent, some } from "../engine/three-values.ts";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const ALARMS: Naming = {
  types: [ALARM],
  input: "dimensions",
  path: "dimensions.Resource",
};

/** What AgentCore names a metric of a gateway by; an alarm on fewer dimensions watches a metric that need not exist. */
const DIMENSIONS = ["Method", "Name", "Operation", "Protocol", "Resource"];

/** A Metrics Insights query of one resource, whatever other dimensions its metrics have. */
const QUERY = /^SELECT (?:SUM|MAX)\(SystemErrors\) FROM "AWS\/Bedrock-AgentCore" WHERE Resource = '([^']+)'$/;
/** How an alarm on a metric counts what a gateway fails to do. */
const COUNTS: Readonly<Record<string, readonly string[]>> = {
  metricName: ["SystemErrors"],
  statistic: ["Sum", "Maximum"],
};
const ABOVE = ["GreaterThanThreshold", "GreaterThanOrEqualToThreshold"];
const MOST_FAILURES = 100;
const MOST_SECONDS = 3600;

export const gatewaysRaiseAlarms = rule({
  premise: 7,
  id: "gateways-raise-alarms",
  severity: "high",
  description:
    "A failing gateway raises an alarm that notifies somebody at its first failures, on metrics that exist: CloudWatch matches whole sets of dimensions.",
  remediation:
    "Add a MetricAlarm with `alarmActions`, and a metric query of AWS/Bedrock-AgentCore WHERE Resource is the gateway's ARN.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring],
  subjects: { types: [TYPE.gateway] },
  judge: (it, stack) => {
    const queried = stack.referrers(it, ALARM, "metricQueries").filter((alarm) => asks(alarm, it));
    const measured = namersOf(it, ALARMS, ["gatewayArn"], stack).filter(counts);
    return some([...queried, ...measured], (alarm) => tells(alarm) && rings(alarm))
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

/** Whether an alarm without a query is on the errors of the gateway, by all dimensions that the metric has. */
function counts(alarm: ResourceView): boolean {
  const names = alarm.entries("dimensions").map(([name]) => name);
  const isRight = Object.entries(COUNTS).every(([input, values]) => values.includes(alarm.text(input) ?? ""));
  return isRight && alarm.text("namespace") === "AWS/Bedrock-AgentCore" && DIMENSIONS.every((it) => names.includes(it));
}

/** Whether some errors within an hour are enough: a count of a metric that only failures raise, above a small number. */
function rings(alarm: ResourceView): boolean {
  const [query] = alarm.list("metricQueries");
  const period = alarm.number("period") ?? query?.number("period") ?? Infinity;
  const seconds = period * (alarm.number("evaluationPeriods") ?? Infinity);
  const isAbove = ABOVE.includes(alarm.text("comparisonOperator") ?? "");
  return isAbove && (alarm.number("threshold") ?? Infinity) <= MOST_FAILURES && seconds <= MOST_SECONDS;
}
