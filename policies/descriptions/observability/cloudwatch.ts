import type { Descriptions } from "../description.ts";
import { DOCUMENT, NAME, TEXT } from "../reasons.ts";

const WHEN = "When it rings; no premise names a number.";
const DESTINATION = "No rule says where logs go.";

/** Amazon CloudWatch and CloudWatch Logs. */
export const CLOUDWATCH: Descriptions = {
  "aws:cloudwatch/logDelivery:LogDelivery": {
    read: ["deliverySourceName", "region", "tags"],
    unread: { deliveryDestinationArn: DESTINATION },
  },
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": {
    read: ["region", "tags"],
    inert: { name: NAME, outputFormat: "How a line is written." },
    accepts: { deliveryDestinationType: ["CWL", "XRAY"] },
    unread: { "deliveryDestinationConfiguration.destinationResourceArn": DESTINATION },
  },
  "aws:cloudwatch/logDeliverySource:LogDeliverySource": {
    read: ["logType", "region", "resourceArn", "tags"],
    inert: { name: NAME },
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    read: ["kmsKeyId", "region", "retentionInDays", "tags"],
    inert: {
      deletionProtectionEnabled: "It only keeps the group from being deleted.",
      name: NAME,
      skipDestroy: "Whether the group stays when it is taken out of the program.",
    },
  },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {
    read: ["region"],
    inert: { policyName: NAME },
    unread: { policyDocument: DOCUMENT },
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    read: ["actionsEnabled", "alarmActions", "dimensions", "metricQueries", "namespace", "region", "tags"],
    inert: {
      alarmDescription: TEXT,
      comparisonOperator: WHEN,
      datapointsToAlarm: WHEN,
      evaluationPeriods: WHEN,
      extendedStatistic: WHEN,
      insufficientDataActions: "Whom it tells; the message holds numbers, and no tenant's data.",
      metricName: WHEN,
      name: NAME,
      okActions: "Whom it tells; the message holds numbers, and no tenant's data.",
      period: WHEN,
      statistic: WHEN,
      threshold: WHEN,
      treatMissingData: WHEN,
    },
  },
};
