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
  [TYPE.database]: {
    namespace: "AWS/RDS",
    metrics: ["ACUUtilization", "CommitLatency", "DatabaseConnections"],
    dimension: "DBClusterIdentifier",
    output: "clusterIdentifier",
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
    "Somebody is told when a cluster has nearly no place left or loses nodes, when an interceptor fails or is throttled, and when a database is slow, full or out of connections.",
  remediation: "Declare an alarm on the metric that the finding names, with the dimension that names the resource.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring],
  subjects: { types: Object.keys(MEASURED), where: (it, stack) => stack.isOurs && isWatched(it) },
  judge: (it, stack) => {
    const measured = MEASURED[it.type];
    return measured === undefined ? undefined : missing(it, measured, stack);
  },
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
