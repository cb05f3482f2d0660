import { TAG } from "../../../contracts/tags.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import { candidates } from "../../engine/lookup.ts";
import { oncePer } from "../../engine/once-per.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { absent, every, some } from "../../engine/three-values.ts";
import { isKnownNamespace, isOpenNamespace, isWritten } from "../../facts/metrics.ts";
import { TYPE } from "../../facts/resource-types.ts";

/** What an alarm on a metric must be like: its namespace and dimensions, on which side it rings, and between which thresholds. */
interface Metric {
  readonly namespace: string;
  readonly dimensions?: readonly string[];
  readonly side: "Greater" | "Less";
  readonly least: number;
  readonly most: number;
}

const OF_GATEWAYS = { namespace: "AWS/Bedrock-AgentCore", side: "Greater", least: 0 } as const;

const OF_CLUSTERS = { namespace: "ContainerInsights", dimensions: ["ClusterName"], side: "Greater" } as const;

const OF_QUEUES = { namespace: "AWS/SQS", dimensions: ["QueueName"], side: "Greater" } as const;

/** Metrics that the platform watches; of the load balancer's, CloudWatch keeps one for each pair of these dimensions. */
const METRICS: Readonly<Record<string, Metric>> = {
  SystemErrors: { ...OF_GATEWAYS, most: 100 },
  Throttles: { ...OF_GATEWAYS, most: 100 },
  Errors: { namespace: "AWS/Lambda", dimensions: ["FunctionName"], side: "Greater", least: 0, most: 1000 },
  "AWS/Lambda Throttles": {
    namespace: "AWS/Lambda",
    dimensions: ["FunctionName"],
    side: "Greater",
    least: 0,
    most: 100,
  },
  // Milliseconds, and not later than a quarter of an hour.
  "AWS/DynamoDB ReplicationLatency": {
    namespace: "AWS/DynamoDB",
    dimensions: ["TableName", "ReceivingRegion"],
    side: "Greater",
    least: 1000,
    most: 900_000,
  },
  // Seconds; Amazon S3 promises a quarter of an hour.
  "AWS/S3 ReplicationLatency": {
    namespace: "AWS/S3",
    dimensions: ["SourceBucket", "DestinationBucket", "RuleId"],
    side: "Greater",
    least: 60,
    most: 900,
  },
  // Milliseconds; a call takes a minute at most.
  Duration: { ...OF_GATEWAYS, least: 1, most: 60_000 },
  // As many nodes as a cluster may have, by far, and as many that fail as nobody overlooks.
  cluster_node_count: { ...OF_CLUSTERS, least: 1, most: 1000 },
  cluster_failed_node_count: { ...OF_CLUSTERS, least: 0, most: 10 },
  // Percent of the greatest capacity of a database.
  "AWS/RDS ACUUtilization": { namespace: "AWS/RDS", side: "Greater", least: 1, most: 99 },
  // Seconds, and not later than an hour; one message that nobody could work on is one too many.
  ApproximateAgeOfOldestMessage: { ...OF_QUEUES, least: 60, most: 3600 },
  ApproximateNumberOfMessagesVisible: { ...OF_QUEUES, least: 0, most: 10 },
  Answered: { namespace: "Alicerce/Canary", side: "Less", least: 1, most: 1 },
  HealthyHostCount: {
    namespace: "AWS/ApplicationELB",
    dimensions: ["LoadBalancer", "TargetGroup"],
    side: "Less",
    least: 1,
    most: 10,
  },
};

const QUERY = /^SELECT (?:AVG|COUNT|MAX|MIN|SUM)\((\w+)\) FROM "([^"]+)"(?: WHERE Resource = '([^']+)')?$/;

/** What a metric is made into (CloudWatch user guide, "Statistics definitions"). */
const STATISTIC = /^(?:Average|IQM|Maximum|Minimum|SampleCount|Sum|(?:p|tc|tm|ts|wm)\d+(?:\.\d+)?)$/;

/** A share of a hundred. */
const PERCENT = /\b100 \* /;

/** CloudWatch looks back one day at most (PutMetricAlarm, "EvaluationPeriods"). */
const DAY = 86_400;

export const alarmsCanRing = rule({
  premise: 7,
  id: "alarms-can-ring",
  severity: "high",
  description:
    "An alarm tells somebody, watches a metric that exists, and has a threshold that the metric can pass: one that never rings hides a failure.",
  remediation:
    "Set `alarmActions`, all dimensions of the metric, a threshold within its range, and periods of a day together at most.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring],
  subjects: { types: ["aws:cloudwatch/metricAlarm:MetricAlarm"] },
  judge: [
    (it) =>
      it.flag("actionsEnabled") !== false && it.list("alarmActions").length > 0
        ? undefined
        : `"${it.name}" must tell somebody when it rings.`,
    (it, stack) =>
      isOnAMetric(it) &&
      isCalculable(it) &&
      measuresOwn(it, stack) &&
      [it, ...it.list("metricQueries")].every((one) => isThere(one, stack))
        ? undefined
        : `"${it.name}" must watch a metric that exists, by one query or by all of its dimensions.`,
    (it, stack) =>
      notDeployed(it, stack).map((name) =>
        absent(`"${it.name}" must watch an agent or a BFF that is deployed, not ${name}.`),
      ),
    (it) =>
      canPass(it) ? undefined : `"${it.name}" must have a threshold, and a side of it, that its metric can reach.`,
    (it) =>
      looksBack(it)
        ? undefined
        : `"${it.name}" must look at periods of ten seconds at least, and of a day together at most.`,
  ],
});

/** The metric of a name; where several services have one of that name, the namespace decides. */
function knownMetric(name = "", namespace = ""): Metric | undefined {
  return METRICS[`${namespace} ${name}`] ?? METRICS[name];
}

/** The metric's name and namespace; an expression that is no query names none. */
function metricOf(it: ResourceView): readonly [name: string | undefined, namespace: string | undefined] {
  const queries = it.list("metricQueries");
  if (queries.length === 0) return [it.text("metricName"), it.text("namespace")];
  const [, name, namespace] = QUERY.exec(queries[0]?.text("expression") ?? "") ?? [];
  return [name, namespace];
}

function isOnAMetric(it: ResourceView): boolean {
  const [name, namespace] = metricOf(it);
  const queries = it.list("metricQueries");
  if (queries.length > 0) {
    const isReadable = every(
      queries,
      (one) => one.has("metric") || !(one.text("expression") ?? "SELECT ").startsWith("SELECT ") || name !== undefined,
    );
    return (
      isReadable &&
      queries.filter((one) => one.flag("returnData") === true).length === 1 &&
      isInPlace(it, name, namespace)
    );
  }
  return name !== undefined && namespace !== undefined && isInPlace(it, name, namespace);
}

/** Whether a metric in a namespace whose metrics are known is one of them, with a set of dimensions that it has. */
function isThere(one: Pick<ResourceView, "entries" | "has" | "text">, stack: StackIndex): boolean {
  const namespace = one.text("namespace") ?? one.text("metric.namespace") ?? "";
  if (!isKnownNamespace(namespace)) {
    const isMetric = one.has("metricName") || one.has("metric");
    return !isMetric || namespace !== "";
  }
  const path = one.has("namespace") ? "" : "metric.";
  const measured = one.entries(`${path}dimensions`);
  const isOwn = namespace.startsWith("Alicerce/");
  if (isOwn && !measured.every(([name, value]) => isOfStack(name, value.text(), stack))) return false;
  const dimensions = measured.map(([name]) => name);
  return isWritten(namespace, one.text(`${path}metricName`) ?? "", dimensions);
}

/** The workloads that an alarm of a tenant's stack is about and that the stack does not deploy; they come after the alarm. */
function notDeployed(it: ResourceView, stack: StackIndex): readonly string[] {
  if (!stack.isOurs || stack.tenant === undefined) return [];
  const measured = [
    it.text("dimensions.workload"),
    ...it.list("metricQueries").map((one) => one.text("metric.dimensions.workload")),
  ];
  return measured
    .filter((name) => name !== undefined)
    .filter(
      (name) =>
        !some(
          deployed(stack, () => name),
          (one) => one.text("metadata.name") === name,
        ),
    );
}

const deployed = candidates([TYPE.deployment], (it) => [it.text("metadata.name")]);

/** Services of a tenant's stack measure for its tenant, and for scenarios that have a gateway. */
function isOfStack(name: string, value: string | undefined, stack: StackIndex): boolean {
  if (!stack.isOurs || stack.tenant === undefined) return true;
  if (name === "tenant") return value === stack.tenant;
  return (
    name !== "scenario" ||
    some(
      gatewaysOf(stack, () => value),
      (it) => it.tag(TAG.scenario) === value,
    )
  );
}

const gatewaysOf = candidates([TYPE.gateway], (it) => [it.tag(TAG.scenario)]);

function isInPlace(it: ResourceView, name: string | undefined, namespace: string | undefined): boolean {
  const known = knownMetric(name, namespace);
  // A metric that its service does not have never comes; of other services nothing is known here.
  if (known === undefined) {
    const isListed = namespace !== undefined && (isKnownNamespace(namespace) || isOpenNamespace(namespace));
    return isListed || !Object.values(METRICS).some((one) => one.namespace === namespace);
  }
  const isQuery = it.list("metricQueries").length > 0;
  return (
    namespace === known.namespace && (isQuery || every(known.dimensions ?? [], (one) => it.has(`dimensions.${one}`)))
  );
}

/** Whether each statistic is one, and each formula names nothing but queries of the alarm: ids begin with a small letter, functions do not. */
function isCalculable(it: ResourceView): boolean {
  const queries = it.list("metricQueries");
  const ids = queries.map((one) => one.text("id"));
  const isFormula = (text: string): boolean =>
    text.startsWith("SELECT ") || (text.match(/\b[a-z]\w*/g) ?? []).every((name) => ids.includes(name));
  return [it, ...queries].every(
    (one) =>
      isFormula(one.text("expression") ?? "") &&
      (!one.has("metric.stat") || STATISTIC.test(one.text("metric.stat") ?? "")),
  );
}

/** Whether the gateway that a query is about is one of the stack, where the plan knows their ARNs. */
function measuresOwn(it: ResourceView, stack: StackIndex): boolean {
  const arns = gatewayArns(stack);
  if (arns === undefined) return true;
  return every(it.list("metricQueries"), (one) => {
    const [, , , resource] = QUERY.exec(one.text("expression") ?? "") ?? [];
    return resource?.includes(":gateway/") !== true || arns.has(resource);
  });
}

/** The ARNs of the gateways of a stack; `undefined` where the plan does not know one. */
const gatewayArns = oncePer((stack: StackIndex): ReadonlySet<string> | undefined => {
  const arns = stack.ofType(TYPE.gateway).map(({ resource }) => resource.outputs?.["gatewayArn"]);
  const known = arns.filter((arn) => typeof arn === "string");
  return known.length === arns.length ? new Set(known) : undefined;
});

function canPass(it: ResourceView): boolean {
  if (it.has("thresholdMetricId")) return true;
  const operator = it.text("comparisonOperator") ?? "";
  const threshold = it.number("threshold");
  if (threshold === undefined || !/^(?:Greater|Less)Than/.test(operator)) return false;
  if (isOfPercent(it) && (threshold <= 0 || threshold >= 100)) return false;
  return isInRange(threshold, operator, knownMetric(...metricOf(it)));
}

/** Whether a metric can pass a threshold on a side; of one that is not known, it is taken to be from nothing upwards. */
function isInRange(threshold: number, operator: string, known: Metric | undefined): boolean {
  if (known === undefined) return operator.startsWith("Greater") || threshold > 0;
  return operator.startsWith(known.side) && threshold >= known.least && threshold <= known.most;
}

function isOfPercent(it: ResourceView): boolean {
  return it.list("metricQueries").some((one) => PERCENT.test(one.text("expression") ?? ""));
}

function looksBack(it: ResourceView): boolean {
  const periods = [it, ...it.list("metricQueries")].flatMap(
    (one) => one.number("period") ?? one.number("metric.period") ?? [],
  );
  const count = it.number("evaluationPeriods") ?? 0;
  return count >= 1 && periods.length > 0 && periods.every((one) => one >= 10 && one * count <= DAY);
}
