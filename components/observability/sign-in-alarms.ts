import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { IDENTITY_METRICS } from "../../contracts/records/metrics.ts";

/** The client of a user pool whose sign-ins are watched, and who hears of it. */
export interface SignInAlarmsArgs {
  readonly userPoolId: pulumi.Input<string>;
  readonly clientId: pulumi.Input<string>;
  readonly topicArn: pulumi.Input<string>;
}

/** Fewer attempts in a quarter of an hour say nothing: a person who has forgotten a password makes some. */
const FEWEST_ATTEMPTS = 20;
const LEAST_PERCENT = 50;
const PERIOD = 900;

/** Tells when most attempts to sign in fail, which is an attack or a fault, and when Amazon Cognito throttles them (premise 7). */
export function signInAlarms(
  name: string,
  { userPoolId, clientId, topicArn }: SignInAlarmsArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const dimensions = { UserPool: userPoolId, UserPoolClient: clientId };
  const tells = {
    alarmActions: [topicArn],
    okActions: [topicArn],
    treatMissingData: "notBreaching",
    evaluationPeriods: 1,
  };
  const failing: aws.cloudwatch.MetricAlarmArgs = {
    ...tells,
    alarmDescription: `Of ${FEWEST_ATTEMPTS} or more attempts to sign in, fewer than ${LEAST_PERCENT} % succeed`,
    metricQueries: rateOf(dimensions),
    comparisonOperator: "LessThanThreshold",
    threshold: LEAST_PERCENT,
  };
  const throttled: aws.cloudwatch.MetricAlarmArgs = {
    ...tells,
    ...{ namespace: "AWS/Cognito", metricName: "SignInThrottles", dimensions, statistic: "Sum", period: PERIOD },
    alarmDescription: "Attempts to sign in are throttled",
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0,
  };
  return Object.entries({ failing, throttled }).map(
    ([kind, args]) => new aws.cloudwatch.MetricAlarm(`${name}-${kind}`, args, opts),
  );
}

/** Tells when most attempts of developers to sign in fail, of all tenants of the region together (premise 7). */
export function developerSignInAlarm(
  name: string,
  { topicArn }: Pick<SignInAlarmsArgs, "topicArn">,
  opts: pulumi.CustomResourceOptions,
): void {
  const sum = (id: string, metricName: string): aws.types.input.cloudwatch.MetricAlarmMetricQuery => ({
    id,
    metric: { namespace: IDENTITY_METRICS, metricName, stat: "Sum", period: PERIOD },
  });
  // Where nothing was counted there is no value, which an attack without a success would hide behind.
  const [succeeded, failed] = ["FILL(successes, 0)", "FILL(failures, 0)"];
  const expression = `IF(${succeeded} + ${failed} >= ${FEWEST_ATTEMPTS}, 100 * ${succeeded} / (${succeeded} + ${failed}), 100)`;
  new aws.cloudwatch.MetricAlarm(
    name,
    {
      alarmDescription: `Of ${FEWEST_ATTEMPTS} or more attempts of developers to sign in, fewer than ${LEAST_PERCENT} % succeed`,
      metricQueries: [
        { id: "percent", expression, label: "Sign-ins that succeed, in percent", returnData: true },
        sum("successes", "SignIns"),
        sum("failures", "SignInFailures"),
      ],
      comparisonOperator: "LessThanThreshold",
      threshold: LEAST_PERCENT,
      evaluationPeriods: 1,
      alarmActions: [topicArn],
      okActions: [topicArn],
      treatMissingData: "notBreaching",
    },
    opts,
  );
}

function rateOf(
  dimensions: Readonly<Record<string, pulumi.Input<string>>>,
): aws.types.input.cloudwatch.MetricAlarmMetricQuery[] {
  const of = (id: string, stat: string): aws.types.input.cloudwatch.MetricAlarmMetricQuery => ({
    id,
    metric: { namespace: "AWS/Cognito", metricName: "SignInSuccesses", dimensions, stat, period: PERIOD },
  });
  const expression = `IF(attempts >= ${FEWEST_ATTEMPTS}, 100 * successes / attempts, 100)`;
  return [
    { id: "percent", expression, label: "Sign-ins that succeed, in percent", returnData: true },
    of("successes", "Sum"),
    of("attempts", "SampleCount"),
  ];
}
