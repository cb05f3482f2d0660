import { CONTROL } from "../engine/frameworks.ts";
import { rule } from "../engine/rule.ts";
import { every, some } from "../engine/three-values.ts";
import { byOutput, referenceOf, referred, refersTo } from "../facts/reference.ts";

const RECORD = "aws:route53/record:Record";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const HEALTH_CHECK = "aws:route53/healthCheck:HealthCheck";

export const failoverFollowsHealth = rule({
  premise: 7,
  id: "failover-follows-health",
  severity: "high",
  description:
    "A name that fails over names a health check of its stack, which follows the alarm on what answers there: without one, Amazon Route 53 never leaves the primary.",
  remediation:
    "Set `healthCheckId` to a HealthCheck of the same stack, which follows an alarm on HealthyHostCount of its region.",
  frameworks: [CONTROL.soc2Recovery, CONTROL.isoMonitoring],
  subjects: {
    types: [RECORD, HEALTH_CHECK],
    where: (it) =>
      it.type === HEALTH_CHECK
        ? it.text("type") === "CLOUDWATCH_METRIC"
        : some(it.list("failoverRoutingPolicies"), () => true),
  },
  judge: [
    (it, stack) =>
      it.type === HEALTH_CHECK || refersTo(referenceOf(it, "healthCheckId"), byOutput(HEALTH_CHECK, "id"), stack)
        ? undefined
        : `"${it.name}" must name a health check of its own stack.`,
    (it, stack) => {
      if (it.type !== HEALTH_CHECK) return undefined;
      const alarm = referred(referenceOf(it, "cloudwatchAlarmName"), byOutput(ALARM, "name"), stack);
      const follows = alarm?.text("metricName") === "HealthyHostCount";
      return follows && it.text("cloudwatchAlarmRegion") === alarm.region
        ? undefined
        : `"${it.name}" must follow an alarm on HealthyHostCount, in the region of the alarm.`;
    },
    (it) =>
      it.type === HEALTH_CHECK || every(it.list("aliases"), (alias) => alias.flag("evaluateTargetHealth") === true)
        ? undefined
        : `"${it.name}" must follow the health of what it leads to.`,
  ],
});
