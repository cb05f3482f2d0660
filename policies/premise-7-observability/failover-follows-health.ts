import { CANARY_METRICS } from "../../contracts/records/metrics.ts";
import { hasCanaries } from "../../environments/address.ts";
import { CONTROL } from "../engine/frameworks.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { every, some } from "../engine/three-values.ts";
import { alarmOf, canChange, HEALTH_CHECK, partsOf } from "../facts/network/health-checks.ts";
import { byOutput, referenceOf, referred } from "../facts/reference.ts";

const RECORD = "aws:route53/record:Record";
const FAILOVER = "failoverRoutingPolicies";

export const failoverFollowsHealth = rule({
  premise: 7,
  id: "failover-follows-health",
  severity: "high",
  description:
    "A name that fails over names a health check of its stack, which follows alarms that can ring on what answers there: the pods of Keycloak and, where tenants' gateways are tried, what answers their canaries. Without one, Amazon Route 53 never leaves the primary.",
  remediation:
    "Set `healthCheckId` to a HealthCheck of the same stack: one that follows an alarm on HealthyHostCount or Answered of its region, or one that wants each of such to be healthy.",
  frameworks: [CONTROL.soc2Recovery, CONTROL.isoMonitoring],
  subjects: {
    types: [RECORD, HEALTH_CHECK],
    where: (it) =>
      it.type === HEALTH_CHECK
        ? ["CALCULATED", "CLOUDWATCH_METRIC"].includes(it.text("type") ?? "")
        : [FAILOVER, "geolocationRoutingPolicies"].some((input) => some(it.list(input), () => true)),
  },
  judge: [
    (it, stack) =>
      it.type === HEALTH_CHECK || !failsOver(it) || checkOf(it, stack) !== undefined
        ? undefined
        : `"${it.name}" must name a health check of its own stack.`,
    (it, stack) => {
      if (it.type !== HEALTH_CHECK || it.text("type") !== "CLOUDWATCH_METRIC") return undefined;
      const alarm = alarmOf(it, stack);
      return alarm !== undefined && isOnWhatAnswers(alarm) && it.text("cloudwatchAlarmRegion") === alarm.region
        ? undefined
        : `"${it.name}" must follow an alarm on HealthyHostCount or Answered, in the region of the alarm.`;
    },
    (it, stack) => {
      if (it.type !== HEALTH_CHECK || it.text("type") !== "CLOUDWATCH_METRIC") return undefined;
      const alarm = alarmOf(it, stack);
      return alarm === undefined || canChange(it, alarm)
        ? undefined
        : `"${it.name}" must follow an alarm of which Amazon Route 53 knows the metric, and be unhealthy without numbers.`;
    },
    (it, stack) => {
      if (it.type !== HEALTH_CHECK || it.text("type") !== "CALCULATED") return undefined;
      const parts = partsOf(it, stack);
      return parts.length > 0 && parts.length === it.number("childHealthThreshold")
        ? undefined
        : `"${it.name}" must want all of its health checks, which are of its own stack.`;
    },
    (it) =>
      it.type === HEALTH_CHECK || every(it.list("aliases"), (alias) => alias.flag("evaluateTargetHealth") === true)
        ? undefined
        : `"${it.name}" must follow the health of what it leads to.`,
    (it, stack) => {
      const check = it.type === RECORD && failsOver(it) && isTried(stack) ? checkOf(it, stack) : undefined;
      const alarms = check && partsOf(check, stack).map((one) => alarmOf(one, stack));
      return alarms === undefined || some(alarms, (one) => one?.text("metricName") === "Answered")
        ? undefined
        : `"${it.name}" must leave the region when no gateway of it answers.`;
    },
  ],
});

/** A record by geolocation leads to one that fails over, and follows that. */
function failsOver(record: ResourceView): boolean {
  return some(record.list(FAILOVER), () => true);
}

function checkOf(record: ResourceView, stack: StackIndex): ResourceView | undefined {
  return referred(referenceOf(record, "healthCheckId"), byOutput(HEALTH_CHECK, "id"), stack);
}

function isOnWhatAnswers(alarm: ResourceView): boolean {
  const metric = alarm.text("metricName");
  if (metric === "HealthyHostCount") return true;
  return metric === "Answered" && alarm.text("namespace") === CANARY_METRICS && alarm.has("dimensions.environment");
}

/** Whether the stack is that of a region in which canaries try gateways. */
function isTried(stack: StackIndex): boolean {
  if (!stack.isOurs || stack.address.layer !== "region") return false;
  return hasCanaries(stack.address.environment, stack.address.region);
}
