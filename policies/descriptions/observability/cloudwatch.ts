import type { Descriptions } from "../description.ts";
import { NAME, TEXT } from "../reasons.ts";

const WHEN = "When it rings; no premise names a number.";
/** Amazon CloudWatch and CloudWatch Logs. */
export const CLOUDWATCH: Descriptions = {
  "aws:cloudwatch/dashboard:Dashboard": {
    read: ["dashboardBody", "dashboardName", "region"],
  },
  "aws:cloudwatch/eventArchive:EventArchive": {
    read: ["eventPattern", "eventSourceArn", "kmsKeyIdentifier", "name", "region"],
    inert: { description: TEXT, retentionDays: "How long what was said can be said again; no premise names a number." },
    needs: ["kmsKeyIdentifier"],
  },
  "aws:cloudwatch/eventBus:EventBus": {
    read: ["kmsKeyIdentifier", "name", "region", "tags"],
    inert: { description: TEXT },
  },
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": {
    read: ["eventBusName", "policy", "region"],
    needs: ["eventBusName"],
  },
  "aws:cloudwatch/eventRule:EventRule": {
    read: ["eventBusName", "eventPattern", "name", "region", "scheduleExpression", "tags"],
    inert: { description: TEXT },
    accepts: { forceDestroy: [false], state: ["ENABLED"] },
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    read: ["arn", "region", "rule"],
    inert: {
      eventBusName: "The bus of its rule.",
      inputPath: "Which part of the event is sent on, to the same place.",
      targetId: NAME,
    },
    accepts: { forceDestroy: [false] },
  },
  "aws:cloudwatch/logDelivery:LogDelivery": {
    read: ["deliveryDestinationArn", "deliverySourceName", "region", "tags"],
  },
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": {
    read: ["deliveryDestinationConfiguration.destinationResourceArn", "region", "tags"],
    inert: { name: NAME, outputFormat: "How a line is written." },
    accepts: { deliveryDestinationType: ["CWL", "XRAY"] },
  },
  "aws:cloudwatch/logDeliverySource:LogDeliverySource": {
    read: ["logType", "region", "resourceArn", "tags"],
    inert: { name: NAME },
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    read: ["kmsKeyId", "name", "region", "retentionInDays", "tags"],
    inert: {
      deletionProtectionEnabled: "It only keeps the group from being deleted.",
      skipDestroy: "Whether the group stays when it is taken out of the program.",
    },
    needs: ["kmsKeyId", "name"],
  },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
    read: [
      "logGroupName",
      "metricTransformation.dimensions",
      "metricTransformation.name",
      "metricTransformation.namespace",
      "metricTransformation.value",
      "pattern",
      "region",
    ],
    inert: {
      "metricTransformation.unit": "What the number is labelled with.",
      name: NAME,
    },
    accepts: { applyOnTransformedLogs: [false] },
    needs: ["logGroupName", "pattern"],
  },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {
    read: ["policyDocument", "region"],
    inert: { policyName: NAME },
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    read: [
      "actionsEnabled",
      "alarmActions",
      "comparisonOperator",
      "datapointsToAlarm",
      "dimensions",
      "evaluationPeriods",
      "metricName",
      "metricQueries",
      "namespace",
      "period",
      "region",
      "statistic",
      "tags",
      "threshold",
      "treatMissingData",
    ],
    inert: {
      alarmDescription: TEXT,
      extendedStatistic: WHEN,
      insufficientDataActions: "Whom it tells; the message holds numbers, and no tenant's data.",
      name: NAME,
      okActions: "Whom it tells; the message holds numbers, and no tenant's data.",
    },
  },
};
