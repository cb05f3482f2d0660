import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Which function is called, how often, and what for. */
export interface ScheduledCallArgs {
  readonly lambda: aws.lambda.Function;
  readonly description: string;
  /** A schedule of EventBridge, such as "rate(1 minute)", which is the shortest. */
  readonly schedule: string;
}

/** Has EventBridge call a function by a schedule, and lets it. */
export function scheduledCall(
  name: string,
  { lambda, description, schedule }: ScheduledCallArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  const rule = new aws.cloudwatch.EventRule(
    name,
    { description, scheduleExpression: schedule, state: "ENABLED" },
    opts,
  );
  const permission = new aws.lambda.Permission(
    name,
    {
      function: lambda.name,
      action: "lambda:InvokeFunction",
      principal: "events.amazonaws.com",
      sourceArn: rule.arn,
    },
    opts,
  );
  new aws.cloudwatch.EventTarget(name, { rule: rule.name, arn: lambda.arn }, { ...opts, dependsOn: [permission] });
}
