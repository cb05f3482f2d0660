import * as aws from "@pulumi/aws";
import { set } from "../proofs/edits.ts";
import { type SensibleChange } from "./sensible-change.ts";

const TOPIC = ["aws:sns/topic:Topic", "alerts", "arn"] as const;

/** What is done in order to watch, and to spend less. */
export const OPERATIONS: Readonly<Record<string, SensibleChange>> = {
  "logs are kept for ten years": {
    stack: "tenant",
    edits: [{ type: "aws:cloudwatch/logGroup:LogGroup", name: "logs", change: set(["retentionInDays"], 3653) }],
  },
  "an alarm watches the database": {
    stack: "tenant",
    adds: (it) =>
      new aws.cloudwatch.MetricAlarm(
        "database-cpu",
        {
          namespace: "AWS/RDS",
          metricName: "CPUUtilization",
          dimensions: { DBClusterIdentifier: it.value("aws:rds/cluster:Cluster", "database", "clusterIdentifier") },
          statistic: "Average",
          period: 60,
          evaluationPeriods: 5,
          comparisonOperator: "GreaterThanThreshold",
          threshold: 80,
          alarmActions: [it.value(...TOPIC)],
        },
        it.aws,
      ),
  },
  "an alarm rings later": {
    stack: "tenant",
    edits: [
      { type: "aws:cloudwatch/metricAlarm:MetricAlarm", name: "gateway-b2c-errors", change: set(["threshold"], 5) },
    ],
  },
  "one more person is told of alarms by e-mail": {
    stack: "region",
    adds: (it) =>
      new aws.sns.TopicSubscription(
        "alerts-second",
        { topic: it.value(...TOPIC), protocol: "email", endpoint: "second@example.com" },
        it.aws,
      ),
  },
  "images that no tag names are kept for longer": {
    stack: "environment",
    edits: [
      {
        type: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
        name: "mcp-database-eu-west-1",
        change: (it) => {
          it["policy"] = String(it["policy"]).replace('"countNumber":14', '"countNumber":90');
        },
      },
    ],
  },
  "GuardDuty looks for threats in the region": {
    stack: "region",
    adds: (it) =>
      new aws.guardduty.Detector("threats", { enable: true, findingPublishingFrequency: "FIFTEEN_MINUTES" }, it.aws),
  },
  "the account has a budget, whose owner is told by e-mail": {
    stack: "environment",
    adds: (it) =>
      new aws.budgets.Budget(
        "month",
        {
          budgetType: "COST",
          limitAmount: "5000",
          limitUnit: "USD",
          timeUnit: "MONTHLY",
          notifications: [
            {
              comparisonOperator: "GREATER_THAN",
              threshold: 80,
              thresholdType: "PERCENTAGE",
              notificationType: "ACTUAL",
              subscriberEmailAddresses: ["finance@example.com"],
            },
          ],
        },
        it.aws,
      ),
  },
  "a tenant's models are called by an application inference profile of the same geography": {
    stack: "tenant",
    newTypes: ["aws:bedrock/inferenceProfile:InferenceProfile"],
    adds: (it) =>
      new aws.bedrock.InferenceProfile(
        "coordinator",
        {
          name: "xyz-gmbh-coordinator",
          modelSource: {
            copyFrom:
              "arn:aws:bedrock:eu-west-1:222233334444:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
          },
        },
        it.aws,
      ),
  },
};
