import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { gatewaysRaiseAlarms } from "../../../policies/premise-7-observability/gateways-raise-alarms.ts";
import { testRule } from "../../support/rule-tester.ts";
import { gatewayOf, served } from "../programs.ts";

type Alarm = Partial<aws.cloudwatch.MetricAlarmArgs>;

/** A gateway with an alarm, which tells a topic unless it says otherwise. */
function watched(how: (gatewayArn: pulumi.Output<string>) => Alarm, changes: Alarm = {}): void {
  const opts = served();
  const topic = new aws.sns.Topic("alerts", {}, opts);
  const base = { comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 5, threshold: 0 };
  const what = how(gatewayOf("mcp", opts).gatewayArn);
  new aws.cloudwatch.MetricAlarm("errors", { ...base, alarmActions: [topic.arn], ...what, ...changes }, opts);
}

const FROM = 'SELECT SUM(SystemErrors) FROM "AWS/Bedrock-AgentCore"';
const query = (expression: pulumi.Input<string>, returnData = true): Alarm => ({
  metricQueries: [{ id: "errors", expression, period: 60, returnData }],
});
const ofGateway = (arn: pulumi.Output<string>): Alarm => query(pulumi.interpolate`${FROM} WHERE Resource = '${arn}'`);
const metric = (dimensions: Record<string, pulumi.Input<string>>, namespace = "AWS/Bedrock-AgentCore"): Alarm => ({
  namespace,
  metricName: "SystemErrors",
  dimensions,
  period: 60,
  statistic: "Sum",
});
const all = (Resource: pulumi.Output<string>) => ({
  Resource,
  Operation: "InvokeGateway",
  Protocol: "MCP",
  Method: "tools/call",
  Name: "database___query",
});

const MESSAGE = '"mcp" must have an alarm on its errors that tells somebody.';

testRule(gatewaysRaiseAlarms, {
  accepts: {
    "a query of all metrics of the gateway": () => watched(ofGateway),
    "all dimensions of one metric": () => watched((arn) => metric(all(arn))),
  },
  rejects: {
    "a gateway without alarms": [() => void gatewayOf("mcp", served()), MESSAGE],
    "an alarm that tells nobody": [() => watched(ofGateway, { alarmActions: [] }), MESSAGE],
    "an alarm that is switched off": [() => watched(ofGateway, { actionsEnabled: false }), MESSAGE],
    "an alarm on one dimension, of which no metric need exist": [
      () => watched((arn) => metric({ Resource: arn })),
      MESSAGE,
    ],
    "an alarm on something else": [() => watched(() => metric({ Resource: "other" })), MESSAGE],
    "a query of something else": [
      () => watched((arn) => query(pulumi.interpolate`${FROM} WHERE Resource = 'not ${arn}'`)),
      MESSAGE,
    ],
    "a query whose result nobody compares": [
      () => watched((arn) => query(pulumi.interpolate`${FROM} WHERE Resource = '${arn}'`, false)),
      MESSAGE,
    ],
    "a query of how many calls there are": [
      () =>
        watched((arn) =>
          query(pulumi.interpolate`SELECT SUM(Invocations) FROM "AWS/Bedrock-AgentCore" WHERE Resource = '${arn}'`),
        ),
      MESSAGE,
    ],
    "an alarm on another service's metric": [() => watched((arn) => metric(all(arn), "AWS/Lambda")), MESSAGE],
    "an alarm that can never ring": [() => watched(ofGateway, { threshold: 1_000_000 }), MESSAGE],
    "an alarm that rings when all is well": [
      () => watched(ofGateway, { comparisonOperator: "LessThanThreshold" }),
      MESSAGE,
    ],
    "an alarm that rings after a day": [() => watched(ofGateway, { evaluationPeriods: 1_440 }), MESSAGE],
    "an alarm of the least of each minute, which is always 0": [
      () => watched((arn) => ({ ...metric(all(arn)), statistic: "Minimum" })),
      MESSAGE,
    ],
  },
});
