import * as aws from "@pulumi/aws";
import { gatewaysRaiseAlarms } from "../../../policies/premise-7-observability/gateways-raise-alarms.ts";
import { testRule } from "../../support/rule-tester.ts";
import { gatewayOf, served } from "../programs.ts";

/** A gateway with an alarm, which by default tells a topic. */
function watched(args: Partial<aws.cloudwatch.MetricAlarmArgs> = {}, other?: string): void {
  const opts = served();
  const topic = new aws.sns.Topic("alerts", {}, opts);
  const base = {
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: 5,
    threshold: 0,
    period: 60,
    statistic: "Sum",
  };
  const dimensions = { Resource: gatewayOf("mcp", opts).gatewayArn.apply((it) => other ?? it) };
  const what = {
    namespace: "AWS/Bedrock-AgentCore",
    metricName: "SystemErrors",
    dimensions,
    alarmActions: [topic.arn],
  };
  new aws.cloudwatch.MetricAlarm("errors", { ...base, ...what, ...args }, opts);
}

const MESSAGE = '"mcp" must have an alarm that tells somebody.';

testRule(gatewaysRaiseAlarms, {
  accepts: { "an alarm that tells a topic": () => watched() },
  rejects: {
    "a gateway without alarms": [() => void gatewayOf("mcp", served()), MESSAGE],
    "an alarm that tells nobody": [() => watched({ alarmActions: [] }), MESSAGE],
    "an alarm that can never ring": [() => watched({ threshold: 1_000_000 }), MESSAGE],
    "an alarm that rings when all is well": [
      () => watched({ comparisonOperator: "LessThanThreshold", threshold: 0 }),
      MESSAGE,
    ],
    "an alarm that rings after a day": [() => watched({ period: 86_400 }), MESSAGE],
    "an alarm of the least of each minute, which is always 0": [() => watched({ statistic: "Minimum" }), MESSAGE],
    "an alarm on another resource, computed from the gateway": [
      () => {
        const arn = "arn:aws:bedrock-agentcore:eu-west-1:444455556666:gateway/other-0123456789";
        watched({}, arn);
      },
      MESSAGE,
    ],
    "an alarm that is switched off": [() => watched({ actionsEnabled: false }), MESSAGE],
    "an alarm on something else": [() => watched({ dimensions: { Resource: "other" } }), MESSAGE],
    "an alarm on another service's metric": [() => watched({ namespace: "AWS/Lambda" }), MESSAGE],
  },
});
