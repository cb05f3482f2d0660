import { type Behaviours, alphanumeric, arn, text, uuid } from "./behaviour.ts";

/** A rule of another bus than the account's own is known by that bus as well. */
const ofBus = (it: Parameters<typeof text>[0]): string => {
  const bus = text(it, "eventBusName");
  return ["", "default"].includes(bus) ? "" : `${bus}/`;
};

const GROUP = "aws:cloudwatch/logGroup:LogGroup";

/** CloudWatch metrics and logs, X-Ray, SNS, SQS. */
export const OBSERVABILITY: Behaviours = {
  [GROUP]: {
    autoname: "name",
    unique: ["name"],
    id: (it) => text(it, "name"),
    defaults: () => ({ skipDestroy: false }),
    outputs: (it) => ({ arn: arn("logs", it, `log-group:${it.id}`) }),
    replaces: ["name", "namePrefix", "logGroupClass"],
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    global: true,
    arnOutput: "dashboardArn",
    unique: ["dashboardName"],
    id: (it) => text(it, "dashboardName"),
    // Dashboards are of the account, and of no region.
    outputs: (it) => ({ dashboardArn: `arn:aws:cloudwatch::${it.account}:dashboard/${it.id}` }),
    replaces: ["dashboardName"],
  },
  "aws:cloudwatch/logDeliverySource:LogDeliverySource": {
    unique: ["name"],
    id: (it) => text(it, "name"),
    outputs: (it) => ({
      arn: arn("logs", it, `delivery-source:${it.id}`),
      service: text(it, "resourceArn").split(":")[2] ?? "",
    }),
    replaces: ["name", "resourceArn", "logType"],
  },
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": {
    unique: ["name"],
    id: (it) => text(it, "name"),
    outputs: (it) => ({ arn: arn("logs", it, `delivery-destination:${it.id}`) }),
    replaces: ["name"],
  },
  "aws:cloudwatch/logDelivery:LogDelivery": {
    id: (it) => alphanumeric(it, 16),
    outputs: (it) => ({ arn: arn("logs", it, `delivery:${it.id}`) }),
    references: { deliverySourceName: "aws:cloudwatch/logDeliverySource:LogDeliverySource" },
    replaces: ["deliverySourceName", "deliveryDestinationArn"],
  },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {
    unique: ["policyName"],
    id: (it) => text(it, "policyName"),
    replaces: ["policyName"],
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    autoname: "name",
    unique: ["name"],
    id: (it) => text(it, "name"),
    defaults: () => ({ actionsEnabled: true, treatMissingData: "missing" }),
    outputs: (it) => ({ arn: arn("cloudwatch", it, `alarm:${it.id}`) }),
    replaces: ["name"],
  },
  "aws:cloudwatch/eventRule:EventRule": {
    autoname: "name",
    unique: ["name"],
    id: (it) => `${ofBus(it)}${text(it, "name")}`,
    outputs: (it) => ({ arn: arn("events", it, `rule/${it.id}`) }),
    replaces: ["name", "namePrefix", "eventBusName"],
  },
  "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": {
    global: true,
    arnOutput: "chatConfigurationArn",
    unique: ["configurationName"],
    id: (it) => `arn:aws:chatbot::${it.account}:chat-configuration/slack-channel/${text(it, "configurationName")}`,
    outputs: (it) => ({ chatConfigurationArn: it.id }),
    replaces: ["configurationName"],
  },
  "aws:xray/indexingRule:IndexingRule": {
    unique: ["name"],
    id: (it) => text(it, "name"),
    replaces: ["name"],
  },
  "aws:xray/traceSegmentDestination:TraceSegmentDestination": {
    id: (it) => it.region,
  },
  "aws:sns/topic:Topic": {
    autoname: "name",
    unique: ["name"],
    id: (it) => arn("sns", it, text(it, "name")),
    outputs: (it) => ({ arn: it.id, owner: it.account, beginningArchiveTime: "" }),
    replaces: ["name", "namePrefix", "fifoTopic"],
  },
  "aws:sqs/queue:Queue": {
    autoname: "name",
    unique: ["name"],
    id: (it) => `https://sqs.${it.region}.amazonaws.com/${it.account}/${text(it, "name")}`,
    outputs: (it) => ({ arn: arn("sqs", it, text(it, "name")), url: it.id }),
    replaces: ["name", "namePrefix", "fifoQueue"],
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    id: (it) => text(it, "arn"),
    outputs: (it) => ({ owner: it.account }),
    replaces: ["arn"],
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    unique: ["topic+protocol+endpoint"],
    id: (it) => arn("sns", it, `${text(it, "topic").split(":").at(-1) ?? ""}:${uuid(it)}`),
    defaults: () => ({ confirmationTimeoutInMinutes: 1, endpointAutoConfirms: false, rawMessageDelivery: false }),
    // Whoever has the address confirms; a subscription to a function or a queue of the account needs none.
    outputs: (it) => ({
      arn: it.id,
      ownerId: it.account,
      confirmationWasAuthenticated: ["lambda", "sqs", "firehose"].includes(text(it, "protocol")),
      pendingConfirmation: !["lambda", "sqs", "firehose"].includes(text(it, "protocol")),
      filterPolicyScope: "",
    }),
    replaces: ["topic", "protocol", "endpoint"],
  },
};
