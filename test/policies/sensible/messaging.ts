import * as aws from "@pulumi/aws";
import { policyOf } from "../programs.ts";
import type { SensibleChange } from "./sensible-change.ts";

/** What lets the parts of one tenant speak by messages. */
export const MESSAGING: Readonly<Record<string, SensibleChange>> = {
  "work waits in a queue with a dead-letter queue, under the tenant's key": {
    stack: "tenant",
    adds: (it) => {
      const kmsMasterKeyId = it.value("aws:kms/key:Key", "key", "arn");
      const dead = new aws.sqs.Queue("orders-dead", { kmsMasterKeyId, messageRetentionSeconds: 1_209_600 }, it.aws);
      const redrivePolicy = dead.arn.apply((arn) => JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 5 }));
      new aws.sqs.Queue("orders", { kmsMasterKeyId, redrivePolicy, visibilityTimeoutSeconds: 60 }, it.aws);
    },
  },
  "an event on the tenant's own bus goes to its queue": {
    stack: "tenant",
    adds: (it) => {
      const key = it.value("aws:kms/key:Key", "key", "arn");
      const queue = new aws.sqs.Queue("events", { kmsMasterKeyId: key }, it.aws);
      const bus = new aws.cloudwatch.EventBus("orders", { name: "xyz-gmbh-orders", kmsKeyIdentifier: key }, it.aws);
      const eventPattern = JSON.stringify({ source: ["alicerce.orders"] });
      const rule = new aws.cloudwatch.EventRule("orders", { eventBusName: bus.name, eventPattern }, it.aws);
      new aws.cloudwatch.EventTarget("orders", { eventBusName: bus.name, rule: rule.name, arn: queue.arn }, it.aws);
      const Condition = { ArnEquals: { "aws:SourceArn": rule.arn } };
      const statement = { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Condition };
      const policy = policyOf({ ...statement, Action: "sqs:SendMessage", Resource: queue.arn });
      new aws.sqs.QueuePolicy("events", { queueUrl: queue.url, policy }, it.aws);
    },
  },
  "something happens in a tenant every night": {
    stack: "tenant",
    adds: (it) => {
      const queue = new aws.sqs.Queue("night", { kmsMasterKeyId: it.value("aws:kms/key:Key", "key", "arn") }, it.aws);
      const rule = new aws.cloudwatch.EventRule("night", { scheduleExpression: "cron(0 2 * * ? *)" }, it.aws);
      new aws.cloudwatch.EventTarget("night", { rule: rule.name, arn: queue.arn }, it.aws);
      const Condition = { ArnEquals: { "aws:SourceArn": rule.arn } };
      const statement = { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Condition };
      const policy = policyOf({ ...statement, Action: "sqs:SendMessage", Resource: queue.arn });
      new aws.sqs.QueuePolicy("night", { queueUrl: queue.url, policy }, it.aws);
    },
  },
};
