import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { unlessUnknown } from "../../engine/three-values.ts";
import { byOutput, referenceOf, referred } from "../reference.ts";

/** The type of what Amazon Route 53 calls healthy or not. */
export const HEALTH_CHECK = "aws:route53/healthCheck:HealthCheck";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** What Amazon Route 53 makes of a metric (developer guide, "Monitoring a CloudWatch alarm"). */
const STATISTICS = ["Average", "Maximum", "Minimum", "SampleCount", "Sum"];

/** The alarm of the stack that a health check follows. */
export function alarmOf(check: ResourceView, stack: StackIndex): ResourceView | undefined {
  return referred(referenceOf(check, "cloudwatchAlarmName"), byOutput(ALARM, "name"), stack);
}

/** The health checks of the stack that a health check is made of; itself where it is made of none. */
export function partsOf(check: ResourceView, stack: StackIndex): readonly ResourceView[] {
  if (check.text("type") !== "CALCULATED") return [check];
  return unlessUnknown(
    () =>
      check.texts("childHealthchecks").flatMap((id) => {
        const reference = { of: check, input: "childHealthchecks", read: () => id };
        return referred(reference, byOutput(HEALTH_CHECK, "id"), stack) ?? [];
      }),
    // While ids are not known, it is known where they come from.
    () => stack.linked(check, "childHealthchecks").filter(({ type }) => type === HEALTH_CHECK),
  );
}

/** Whether what a health check says can change: it reads the metric of the alarm itself, by a plain statistic, and all of some periods. */
export function canChange(check: ResourceView, alarm: ResourceView): boolean {
  const periods = alarm.number("evaluationPeriods");
  return (
    check.text("insufficientDataHealthStatus") === "Unhealthy" &&
    alarm.text("treatMissingData") === "breaching" &&
    alarm.list("metricQueries").length === 0 &&
    STATISTICS.includes(alarm.text("statistic") ?? "") &&
    (alarm.number("datapointsToAlarm") ?? periods) === periods &&
    (alarm.number("period") ?? 0) >= 60
  );
}
