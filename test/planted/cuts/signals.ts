import { type Planted, STACKS } from "../environment.ts";

const { region, xyz } = STACKS;

/** Alarms that ring for nobody, and logs and traces that arrive nowhere. */
export const signalCuts: readonly Planted[] = [
  {
    name: "an alarm without an action",
    story: "alarmActions is empty.",
    change: (it) =>
      it.edit(xyz, "MetricAlarm", "gateway-b2b-errors", (all) => {
        all["alarmActions"] = [];
      }),
  },
  {
    name: "an alarm to a topic that is not there",
    story: "The topic's name is that of an earlier deployment.",
    change: (it) =>
      it.edit(xyz, "MetricAlarm", "gateway-b2b-errors", (all) => {
        all["alarmActions"] = ["arn:aws:sns:eu-west-1:111122223333:alerts-0000000"];
      }),
  },
  {
    name: "an alarm that is switched off",
    story: "actionsEnabled is false since a maintenance.",
    change: (it) =>
      it.edit(xyz, "MetricAlarm", "gateway-b2b-errors", (all) => {
        all["actionsEnabled"] = false;
      }),
  },
  {
    name: "an alarm on another gateway",
    story: "The query names a gateway of an earlier deployment.",
    change: (it) =>
      it.edit(xyz, "MetricAlarm", "gateway-b2b-errors", (all) => {
        all["metricQueries"][0].expression = String(all["metricQueries"][0].expression).replace(
          /gateway\/xyz-gmbh-b2b-\w+/,
          "gateway/xyz-gmbh-b2b-0000000000",
        );
      }),
  },
  {
    name: "an alarm that can never ring",
    story: "Errors above a million within a minute.",
    change: (it) =>
      it.edit(xyz, "MetricAlarm", "gateway-b2b-errors", (all) => {
        all["threshold"] = 1_000_000;
      }),
  },
  {
    name: "an alarm of the wrong side",
    story: "LessThanThreshold 0.",
    change: (it) =>
      it.edit(xyz, "MetricAlarm", "gateway-b2b-errors", (all) => {
        all["comparisonOperator"] = "LessThanThreshold";
      }),
  },
  {
    name: "a gateway without an alarm",
    story: "The alarm on errors was removed.",
    reaches: ["gateway-b2b"],
    change: (it) => it.remove(xyz, "MetricAlarm", "gateway-b2b-errors"),
  },
  {
    name: "a topic that nobody reads",
    story: "The subscription was removed, and so was the channel.",
    change: (it) => {
      it.remove(region, "TopicSubscription", "alerts-alerts@example.com");
      it.remove(region, "SlackChannelConfiguration", "chat");
    },
  },
  {
    name: "a topic that alarms cannot write to",
    story: "The topic's policy names events.amazonaws.com.",
    reaches: ["alerts"],
    change: (it) =>
      it.replaceText([region, "TopicPolicy", "alerts"], "cloudwatch.amazonaws.com", "events.amazonaws.com"),
  },
  {
    name: "a subscription with a filter",
    story: "A filter policy on the subscription that no alarm matches.",
    change: (it) =>
      it.edit(region, "TopicSubscription", "alerts-alerts@example.com", (all) => {
        all["filterPolicy"] = JSON.stringify({ severity: ["page"] });
      }),
  },
  {
    name: "spans of a gateway that nobody delivers",
    story: "The delivery was removed.",
    reaches: ["gateway-b2b"],
    change: (it) => it.remove(xyz, "LogDelivery", "gateway-b2b-spans"),
  },
  {
    name: "a source of another resource",
    story: "The source of the gateway's spans names the other gateway.",
    reaches: ["gateway-b2b"],
    change: (it) =>
      it.edit(xyz, "LogDeliverySource", "gateway-b2b-spans", (all) => {
        all["resourceArn"] = it.find(xyz, "LogDeliverySource", "gateway-internal-spans").inputs["resourceArn"];
      }),
  },
  {
    name: "spans that nobody may store",
    story: "The resource policy of aws/spans was removed.",
    reaches: ["gateway-b2b"],
    change: (it) => it.remove(region, "LogResourcePolicy", "spans"),
  },
  {
    name: "spans that go elsewhere",
    story: "The destination of trace segments is X-Ray again.",
    change: (it) =>
      it.edit(region, "TraceSegmentDestination", "spans", (all) => {
        all["destination"] = "XRay";
      }),
  },
  {
    name: "a log that is kept for a day",
    story: "The retention of the tenant's lines is one day.",
    change: (it) =>
      it.edit(xyz, "LogGroup", "logs", (all) => {
        all["retentionInDays"] = 1;
      }),
  },
  {
    name: "a function without a log group",
    story: "The log group of the interceptor was removed.",
    change: (it) => it.remove(xyz, "LogGroup", "interceptor-b2b"),
  },
  {
    name: "a function that writes into a group that is not there",
    story: "The name of the interceptor's log group misses a letter.",
    reaches: ["interceptor-b2b"],
    change: (it) =>
      it.edit(xyz, "Function", "interceptor-b2b", (all) => {
        all["loggingConfig"].logGroup = "/alicerce/xyz-gmbh/intercptor-b2b";
      }),
  },
  {
    name: "a server that reports nothing",
    story: "AGENT_OBSERVABILITY_ENABLED is false.",
    change: (it) =>
      it.edit(xyz, "AgentcoreAgentRuntime", "mcp-files-v1", (all) => {
        all["environmentVariables"].AGENT_OBSERVABILITY_ENABLED = "false";
      }),
  },
  {
    name: "telemetry that is switched off",
    story: "OTEL_SDK_DISABLED in a server.",
    change: (it) =>
      it.edit(xyz, "AgentcoreAgentRuntime", "mcp-files-v1", (all) => {
        all["environmentVariables"].OTEL_SDK_DISABLED = "true";
      }),
  },
  {
    name: "an agent whose traces are never sampled",
    story: "OTEL_TRACES_SAMPLER is always_off.",
    change: (it) =>
      it.edit(xyz, "Deployment", "agent-coordinator", (all) => {
        all["spec"].template.spec.containers[0].env.push({ name: "OTEL_TRACES_SAMPLER", value: "always_off" });
      }),
  },
  {
    name: "no flow logs",
    story: "The flow log was removed.",
    change: (it) => it.remove(region, "FlowLog", "flow-logs"),
  },
];
