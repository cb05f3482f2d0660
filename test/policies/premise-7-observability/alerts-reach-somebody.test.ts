import * as aws from "@pulumi/aws";
import { alertsReachSomebody } from "../../../policies/premise-7-observability/alerts-reach-somebody.ts";
import { testRule } from "../../support/rule-tester.ts";
import { shipped, shippedWith } from "../edited-plans.ts";
import { policyOf, roleFor, served } from "../programs.ts";
import { set } from "../proofs/edits.ts";

interface Told {
  /** The topic that is subscribed to. */
  readonly subscribed?: "alerts" | "other" | "none";
  readonly endpoint?: string;
  readonly publisher?: string;
}

/** A topic to which a service may publish, and who is subscribed. */
function topic({ subscribed = "alerts", endpoint = "duty@example.com", publisher = "cloudwatch" }: Told = {}) {
  const opts = served();
  const { arn } = new aws.sns.Topic("alerts", {}, opts);
  const statement = {
    Effect: "Allow",
    Principal: { Service: `${publisher}.amazonaws.com` },
    Action: "sns:Publish",
    Resource: arn,
  };
  new aws.sns.TopicPolicy("alerts", { arn, policy: policyOf(statement) }, opts);
  const other = new aws.sns.Topic("other", {}, opts);
  const to = { alerts: arn, other: other.arn, none: undefined }[subscribed];
  if (to !== undefined) new aws.sns.TopicSubscription("duty", { topic: to, protocol: "email", endpoint }, opts);
  return { arn, opts };
}

/** A topic of which only an alarm says that it is for alarms. */
function alarmed(subscribed: Told["subscribed"] & string): void {
  const { arn, opts } = topic({ subscribed, publisher: "events" });
  new aws.cloudwatch.MetricAlarm(
    "errors",
    { comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 1, alarmActions: [arn] },
    opts,
  );
}

/** A topic to which a rule of events publishes, which a channel of Slack may tell. */
function chatted(isTold: boolean): void {
  const { arn, opts } = topic({ subscribed: "none", publisher: "sqs" });
  const channel = { slackTeamId: "T0EXAMPLE", slackChannelId: "C0EXAMPLE", configurationName: "duty" };
  const iamRoleArn = roleFor("chat", opts).arn;
  const rule = new aws.cloudwatch.EventRule(
    "backups",
    { eventPattern: JSON.stringify({ source: ["aws.backup"] }) },
    opts,
  );
  new aws.cloudwatch.EventTarget("backups", { rule: rule.name, arn }, opts);
  new aws.chatbot.SlackChannelConfiguration(
    "chat",
    { ...channel, iamRoleArn, snsTopicArns: isTold ? [arn] : [] },
    opts,
  );
}

const MESSAGE = '"alerts" must have a subscription: its alarms tell nobody.';

testRule(alertsReachSomebody, {
  accepts: {
    "a topic with somebody on duty": () => topic(),
    "a topic of an alarm, with somebody on duty": () => alarmed("alerts"),
    "a topic of a rule of events, which Slack tells": () => chatted(true),
  },
  rejects: {
    "a topic for alarms of other stacks without anybody": [() => topic({ subscribed: "none" }), MESSAGE],
    "a topic of an alarm without anybody": [() => alarmed("none"), MESSAGE],
    "a subscription to another topic": [() => topic({ subscribed: "other" }), MESSAGE],
    "a topic for budgets without anybody": [() => topic({ subscribed: "none", publisher: "budgets" }), MESSAGE],
    "a topic of a rule of events that nobody tells": [() => chatted(false), MESSAGE],
    "a subscription of nobody": [() => topic({ endpoint: "" }), MESSAGE],
  },
  ignores: { "a topic that is not for alerts": () => topic({ subscribed: "none", publisher: "sqs" }) },
});

const REGION = "production.eu-west-1";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const DUTY = "alerts-alerts@example.com";

testRule(alertsReachSomebody, {
  accepts: {
    "whom the data names": shipped(REGION),
    "a residency without a region for chat": shipped("production.sa-east-1"),
  },
  rejects: {
    "somebody else": [
      shippedWith(REGION, SUBSCRIPTION, DUTY, set(["endpoint"], "alerts@example.org")),
      '"alerts" must tell alerts@example.com.',
    ],
    "an endpoint that the data does not name": [
      shippedWith(REGION, SUBSCRIPTION, DUTY, (inputs) => {
        inputs["protocol"] = "https";
        inputs["endpoint"] = "https://hooks.example.net/alerts";
      }),
      '"alerts" must tell alerts@example.com.',
      `"alerts" must tell no endpoint that the environment's data does not name, as "${DUTY}" does.`,
    ],
    "nobody but a channel": [shippedWith(REGION, SUBSCRIPTION, DUTY), '"alerts" must tell alerts@example.com.'],
    "no channel": [
      shippedWith(REGION, "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration", "chat"),
      '"alerts" must be told in the channel that the environment\'s data names.',
    ],
  },
});
