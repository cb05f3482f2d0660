import { LOG_METRICS } from "../../../contracts/records/log-metrics.ts";
import { GATEWAY_METRICS, WORKLOAD_METRICS } from "../../../contracts/records/metrics.ts";
import { KIND, LABEL, TAG } from "../../../contracts/tags.ts";
import { BURN_RATES, OBJECTIVES } from "../../../environments/observability/objectives.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import { candidates } from "../../engine/lookup.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { absent, every, some } from "../../engine/three-values.ts";
import { TYPE } from "../../facts/resource-types.ts";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter";

/** By which metrics it is seen how much fails. */
interface Seen {
  readonly namespace: string;
  readonly dimensions: Readonly<Record<string, string | undefined>>;
}

/** The most that is allowed to fail before somebody hears, in percent: the quickest alarm on the lowest objective. */
const MOST_PERCENT =
  BURN_RATES.quick.factor * (100 - Math.min(...Object.values(OBJECTIVES).map((it) => it.availabilityPercent)));

export const objectivesAreWatched = rule({
  premise: 7,
  id: "objectives-are-watched",
  severity: "high",
  description:
    "Somebody hears when a gateway, an agent or a BFF of a tenant fails more often than was promised, by the calls of one hour and of six.",
  remediation:
    "Declare `burnAlarms` on the metrics Calls and Failures of the gateway or workload, and for pods the LogMetricFilters of `contracts/records/log-metrics.ts` on the log group of their namespace.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring],
  subjects: {
    types: [TYPE.gateway, TYPE.deployment],
    where: (it, stack) =>
      stack.isOurs &&
      stack.tenant !== undefined &&
      (it.type === TYPE.gateway || [KIND.agent, KIND.bff].some((kind) => it.label(LABEL.kind) === kind)),
  },
  judge: [
    (it, stack) => {
      const seen = seenOf(it, stack);
      return every(Object.values(BURN_RATES), ({ hours }) =>
        some(
          alarmsOf(stack, () => lastOf(seen)),
          (alarm) => watches(alarm, seen, hours * 3_600),
        ),
      )
        ? undefined
        : absent(`"${it.name}" must have alarms on its share of failures, of an hour and of six.`);
    },
    (it, stack) =>
      it.type === TYPE.gateway || every(Object.keys(LOG_METRICS), (metric) => isCounted(it, metric, stack))
        ? undefined
        : absent(`"${it.name}" must be counted in the log of its namespace.`),
  ],
});

function seenOf(it: ResourceView, { tenant }: StackIndex): Seen {
  if (it.type === TYPE.gateway) {
    return { namespace: GATEWAY_METRICS, dimensions: { tenant, scenario: it.tag(TAG.scenario) } };
  }
  return { namespace: WORKLOAD_METRICS, dimensions: { tenant, workload: it.text("metadata.name") } };
}

/** Alarms by what the sums of their metrics are of: a scenario or a workload. */
const alarmsOf = candidates([ALARM], (it) =>
  it
    .list("metricQueries")
    .flatMap((one) => [one.text("metric.dimensions.scenario"), one.text("metric.dimensions.workload")]),
);

function lastOf({ dimensions }: Seen): string | undefined {
  return Object.values(dimensions).at(-1);
}

/** Whether an alarm rings when the failures of this much time are too large a share of the calls. */
function watches(alarm: ResourceView, { namespace, dimensions }: Seen, seconds: number): boolean {
  const sums = alarm.list("metricQueries").filter((it) => it.has("metric"));
  const isOf = (id: string, metric: string): boolean =>
    some(
      sums,
      (it) =>
        it.text("id") === id &&
        it.text("metric.metricName") === metric &&
        it.text("metric.namespace") === namespace &&
        it.text("metric.stat") === "Sum" &&
        it.number("metric.period") === seconds &&
        Object.entries(dimensions).every(
          ([name, value]) => value !== undefined && it.text("metric.dimensions", name) === value,
        ),
    );
  const threshold = alarm.number("threshold") ?? Infinity;
  return (
    isOf("failures", "Failures") &&
    isOf("calls", "Calls") &&
    some(
      alarm.list("metricQueries"),
      (it) => it.text("expression") === "100 * failures / calls" && it.flag("returnData") === true,
    ) &&
    alarm.text("comparisonOperator") === "GreaterThanThreshold" &&
    threshold <= MOST_PERCENT &&
    alarm.number("evaluationPeriods") === 1
  );
}

/** Filters by their metric, and the namespace whose pods write to their log group. */
const filtersOf = candidates([FILTER], (it) => {
  const namespace = it.text("logGroupName")?.split("/namespaces/").at(-1);
  return [`${it.text("metricTransformation.name")} ${namespace}`];
});

/** Whether a metric is counted in the log group of the pods of a deployment's namespace. */
function isCounted(it: ResourceView, metric: string, stack: StackIndex): boolean {
  const namespace = it.text("metadata.namespace");
  return some(
    filtersOf(stack, () => `${metric} ${namespace}`),
    (filter) =>
      filter.text("metricTransformation.name") === metric &&
      filter.text("metricTransformation.namespace") === WORKLOAD_METRICS &&
      filter.text("logGroupName")?.endsWith(`/namespaces/${namespace}`) === true,
  );
}
