import {
  BUSINESS_LOG_METRICS,
  IDENTITY_LOG_METRICS,
  LOG_METRICS,
  type LogMetric,
} from "../../../contracts/records/log-metrics.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import { candidates } from "../../engine/lookup.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import { some } from "../../engine/three-values.ts";
import { TYPE } from "../../facts/resource-types.ts";

const KNOWN = Object.entries<LogMetric>({ ...LOG_METRICS, ...BUSINESS_LOG_METRICS, ...IDENTITY_LOG_METRICS });

export const logMetricsCountWhatIsWritten = rule({
  premise: 7,
  id: "log-metrics-count-what-is-written",
  severity: "medium",
  description:
    "A metric that is counted in a log is one of ours, by the fields that the lines have: with a pattern that no line matches it is always zero, and nothing rings; with other dimensions it shows what a line says of people.",
  remediation:
    "Declare the LogMetricFilters of `contracts/records/log-metrics.ts`, on a log group of the same stack, or add the metric there.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring],
  subjects: { types: ["aws:cloudwatch/logMetricFilter:LogMetricFilter"], where: (_, stack) => stack.isOurs },
  judge: [
    (it) => {
      const name = it.text("metricTransformation.name") ?? "";
      const known = KNOWN.find(([one]) => one === name)?.[1];
      return known !== undefined && counts(it, known)
        ? undefined
        : `"${it.name}" must count a metric of contracts/records/log-metrics.ts, by its pattern, value and dimensions.`;
    },
    (it, stack) =>
      some(
        groupsNamed(stack, () => it.text("logGroupName")),
        (group) => group.text("name") === it.text("logGroupName"),
      )
        ? undefined
        : `"${it.name}" must count in a log group of its own stack.`,
  ],
});

const groupsNamed = candidates([TYPE.logGroup], (it) => [it.text("name")]);

function counts(it: ResourceView, { namespace, pattern, value, dimensions }: LogMetric): boolean {
  const given = it.entries("metricTransformation.dimensions").map(([name, path]) => [name, path.text()] as const);
  return (
    it.text("metricTransformation.namespace") === namespace &&
    it.text("pattern") === pattern &&
    it.text("metricTransformation.value") === value &&
    given.length === Object.keys(dimensions).length &&
    given.every(([name, path]) => Object.entries(dimensions).some(([one, field]) => one === name && field === path))
  );
}
