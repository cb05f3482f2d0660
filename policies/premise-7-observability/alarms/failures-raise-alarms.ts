import { GATEWAY_METRICS } from "../../../contracts/records/metrics.ts";
import { TAG } from "../../../contracts/tags.ts";
import { BURN_RATES } from "../../../environments/observability/objectives.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { type Fault, rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { absent, some } from "../../engine/three-values.ts";
import { bundleOf } from "../../facts/bundle.ts";
import { namersOf } from "../../facts/reference.ts";
import { TYPE } from "../../facts/resource-types.ts";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** What is measured of a resource: by the dimension that names it, with one of its outputs. */
interface Measured {
  readonly namespace: string;
  readonly metrics: readonly string[];
  readonly dimension: string;
  readonly output: string;
}

const MEASURED: Readonly<Record<string, Measured>> = {
  [TYPE.cluster]: {
    namespace: "ContainerInsights",
    metrics: ["cluster_failed_node_count", "cluster_node_count"],
    dimension: "ClusterName",
    output: "name",
  },
  [TYPE.function]: {
    namespace: "AWS/Lambda",
    metrics: ["Errors", "Throttles"],
    dimension: "FunctionName",
    output: "name",
  },
};

export const failuresRaiseAlarms = rule({
  premise: 7,
  id: "failures-raise-alarms",
  severity: "high",
  description:
    "Somebody is told when a cluster has nearly no place left or loses nodes, when an interceptor fails, and when a gateway fails more often than was promised.",
  remediation: "Declare an alarm on the metric that the finding names, with the dimension that names the resource.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring],
  subjects: { types: [...Object.keys(MEASURED), TYPE.gateway], where: (it, stack) => stack.isOurs && isWatched(it) },
  judge: [
    (it, stack) => {
      const measured = MEASURED[it.type];
      return measured === undefined ? undefined : missing(it, measured, stack);
    },
    (it, stack) => {
      if (it.type !== TYPE.gateway) return undefined;
      const scenario = it.tag(TAG.scenario);
      return Object.values(BURN_RATES)
        .filter(({ hours }) => !some(stack.ofType(ALARM), (one) => burns(one, scenario, hours)))
        .map(({ hours }) => absent(`"${it.name}" must have an alarm on Failures of ${hours} h.`));
    },
  ],
});

/** Whether nothing works without it: of functions, the interceptors. */
function isWatched(it: ResourceView): boolean {
  return it.type !== TYPE.function || bundleOf(it) === "gateway-interceptor";
}

function missing(
  it: ResourceView,
  { dimension, metrics, namespace, output }: Measured,
  stack: StackIndex,
): readonly Fault[] {
  const naming = { types: [ALARM], input: "dimensions", path: `dimensions.${dimension}` };
  const alarms = namersOf(it, naming, [output], stack).filter((one) => one.text("namespace") === namespace);
  return metrics
    .filter((metric) => !some(alarms, (one) => one.text("metricName") === metric))
    .map((metric) => absent(`"${it.name}" must have an alarm on ${metric}.`));
}

/** Whether an alarm watches how many calls of a gateway fail, over so many hours. */
function burns(alarm: ResourceView, scenario: string | undefined, hours: number): boolean {
  return some(
    alarm.list("metricQueries"),
    (one) =>
      one.text("metric.namespace") === GATEWAY_METRICS &&
      one.text("metric.metricName") === "Failures" &&
      one.text("metric.dimensions.scenario") === scenario &&
      one.number("metric.period") === hours * 3_600,
  );
}
