import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { ALERTED_EVENTS } from "../../contracts/records/alerted-events.ts";

/** Tells of the events of AWS of which somebody must hear, of whomever in the region. */
export function eventAlerts(
  topicArn: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): readonly pulumi.Resource[] {
  return Object.entries(ALERTED_EVENTS).flatMap(([name, { description, pattern }]) => {
    const rule = new aws.cloudwatch.EventRule(
      name,
      { description: `Tells of ${description}`, eventPattern: JSON.stringify(pattern) },
      opts,
    );
    return [rule, new aws.cloudwatch.EventTarget(name, { rule: rule.name, arn: topicArn }, opts)];
  });
}
