import type { Plan } from "../../../../plan/model.ts";
import { alarmsCanRing } from "../../../../policies/premise-7-observability/alarms/alarms-can-ring.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { planOf } from "../../programs.ts";

const GATEWAY = "arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/mcp";

const BASE = {
  actionsEnabled: true,
  alarmActions: ["arn:aws:sns:eu-west-1:111122223333:alerts"],
  comparisonOperator: "GreaterThanThreshold",
  evaluationPeriods: 5,
  threshold: 0,
};

const query = (expression = `SELECT SUM(SystemErrors) FROM "AWS/Bedrock-AgentCore" WHERE Resource = '${GATEWAY}'`) => ({
  id: "errors",
  expression,
  period: 60,
  returnData: true,
});

const alarm = (inputs: object): Plan => {
  const type = "aws:cloudwatch/metricAlarm:MetricAlarm";
  const plan = planOf(
    {
      type: "aws:bedrock/agentcoreGateway:AgentcoreGateway",
      name: "mcp",
      inputs: { tags: { "alicerce:scenario": "b2b" } },
    },
    { type, name: "errors", inputs: { ...BASE, metricQueries: [query()], ...inputs } },
  );
  const resources = plan.resources.map((it) => (it.type === type ? it : { ...it, outputs: { gatewayArn: GATEWAY } }));
  return { ...plan, resources };
};

const hosts = (inputs: object = {}): Plan =>
  alarm({
    metricQueries: [],
    namespace: "AWS/ApplicationELB",
    metricName: "HealthyHostCount",
    dimensions: { LoadBalancer: "app/edge/1", TargetGroup: "targetgroup/identity/1" },
    period: 60,
    evaluationPeriods: 3,
    comparisonOperator: "LessThanThreshold",
    threshold: 1,
    ...inputs,
  });

const throttles = (dimensions: object): Plan =>
  alarm({ metricQueries: [], namespace: "AWS/Lambda", metricName: "Throttles", dimensions, period: 60 });

const nodes = (metricName: string, dimensions: object = { ClusterName: "alicerce" }): Plan =>
  alarm({ metricQueries: [], namespace: "ContainerInsights", metricName, dimensions, period: 60, threshold: 24 });

const SILENT = '"errors" must tell somebody when it rings.';
const NOTHING = '"errors" must watch a metric that exists, by one query or by all of its dimensions.';
const NEVER = '"errors" must have a threshold, and a side of it, that its metric can reach.';
const LONG = '"errors" must look at periods of ten seconds at least, and of a day together at most.';

testRule(alarmsCanRing, {
  accepts: {
    "an alarm on the errors of a gateway": alarm({}),
    "an alarm that rings at the fifth error": alarm({ threshold: 5 }),
    "an alarm on hosts that answer": hosts(),
    "an alarm on the nodes of a cluster": nodes("cluster_node_count"),
    "an alarm on the capacity of a database": alarm({
      metricQueries: [],
      namespace: "AWS/RDS",
      metricName: "ACUUtilization",
      dimensions: { DBClusterIdentifier: "alicerce-xyz-gmbh" },
      period: 60,
      threshold: 90,
    }),
    "an alarm on a metric of another service": alarm({
      metricQueries: [],
      namespace: "AWS/RDS",
      metricName: "CPUUtilization",
      period: 60,
      threshold: 80,
    }),
    "an alarm on the throttles of a function": throttles({ FunctionName: "interceptor" }),
    "an alarm on the sum of two metrics": alarm({
      metricQueries: [
        { id: "a", metric: { metricName: "Errors", namespace: "AWS/Lambda", period: 60, stat: "Sum" }, period: 60 },
        { id: "b", expression: "a * 2", period: 60, returnData: true },
      ],
    }),
  },
  rejects: {
    "a node, of which there is always one": [
      alarm({
        metricQueries: [],
        namespace: "ContainerInsights",
        metricName: "cluster_node_count",
        dimensions: { ClusterName: "alicerce" },
        period: 60,
      }),
      NEVER,
    ],
    "a capacity that no database has": [
      alarm({
        metricQueries: [],
        namespace: "AWS/RDS",
        metricName: "ACUUtilization",
        dimensions: { DBClusterIdentifier: "alicerce-xyz-gmbh" },
        period: 60,
        threshold: 150,
      }),
      NEVER,
    ],
    "a metric of no service": [alarm({ metricQueries: [], metricName: "CPUUtilization", period: 60 }), NOTHING],
    "a metric of containers that nobody reports": [nodes("cluster_nodes"), NOTHING],
    "nodes of a namespace, which has none": [nodes("cluster_node_count", { Namespace: "acme" }), NOTHING],
    "throttles of a function that nobody names": [throttles({}), NOTHING],
    "no action": [alarm({ alarmActions: [] }), SILENT],
    "actions that are switched off": [alarm({ actionsEnabled: false }), SILENT],
    "no metric": [alarm({ metricQueries: undefined }), NOTHING, LONG],
    "a query that returns nothing": [alarm({ metricQueries: [{ ...query(), returnData: false }] }), NOTHING],
    "a query that CloudWatch cannot read": [alarm({ metricQueries: [query("SELECT SystemErrors")] }), NOTHING],
    "a gateway that is not there": [
      alarm({ metricQueries: [query(query().expression.replace("/mcp", "/old"))] }),
      NOTHING,
    ],
    "a dimension less than the metric has": [hosts({ dimensions: { LoadBalancer: "app/edge/1" } }), NOTHING],
    "a namespace in which the metric is not": [hosts({ namespace: "AWS/ELB" }), NOTHING],
    "a threshold that no metric reaches": [alarm({ threshold: 1_000_000 }), NEVER],
    "the other side of the threshold": [alarm({ comparisonOperator: "LessThanThreshold" }), NEVER],
    "fewer than no host": [hosts({ threshold: 0 }), NEVER],
    "no threshold": [alarm({ threshold: undefined }), NEVER],
    "no operator": [alarm({ comparisonOperator: undefined }), NEVER],
    "more than a day": [alarm({ evaluationPeriods: 5000 }), LONG],
    "periods of no length": [alarm({ metricQueries: [{ ...query(), period: 0 }] }), LONG],
  },
});

const own = (metricName: string, dimensions: Record<string, string>, namespace = "Alicerce/Gateway"): Plan =>
  alarm({ metricQueries: [], namespace, metricName, dimensions, period: 60 });
const counted = (metricName: string, dimensions: Record<string, string>, threshold = 1): Plan => {
  const metric = { namespace: "Alicerce/Gateway", metricName, dimensions, stat: "Sum", period: 3_600 };
  return alarm({
    metricQueries: [
      { id: "percent", expression: "100 * failures", returnData: true },
      { id: "failures", metric },
    ],
    evaluationPeriods: 1,
    threshold,
  });
};
const unheard = '"errors" must watch a metric that exists, by one query or by all of its dimensions.';
const ofScenario = { tenant: "xyz-gmbh", scenario: "b2b" };

testRule(alarmsCanRing, {
  accepts: {
    "a metric of ours with a set of its dimensions": own("GatewayMCPLatency", ofScenario),
    "an expression over a metric of ours": counted("Failures", ofScenario),
  },
  rejects: {
    "a metric that no service writes": [own("GatewayLatency", ofScenario), unheard],
    "a metric of another tenant": [own("Calls", { ...ofScenario, tenant: "other" }), unheard],
    "a metric of a scenario without a gateway": [own("Calls", { ...ofScenario, scenario: "b2c" }), unheard],
    "a namespace that no service writes to": [own("Calls", ofScenario, "Alicerce/Gateways"), unheard],
    "a set of dimensions that the metric has not": [own("GatewayMCPLatency", { tenant: "xyz-gmbh" }), unheard],
    "an expression over what the alarm does not ask for": [
      alarm({
        metricQueries: [{ id: "percent", expression: "100 * failures", period: 60, returnData: true }],
        threshold: 1,
      }),
      unheard,
    ],
    "a statistic that there is not": [
      alarm({
        metricQueries: [
          { id: "a", metric: { metricName: "Errors", namespace: "AWS/Lambda", period: 60, stat: "Sums" } },
          { id: "b", expression: "a * 2", period: 60, returnData: true },
        ],
      }),
      unheard,
    ],
    "more than a hundred percent": [counted("Failures", ofScenario, 100), NEVER],
    "no percent, which is passed at once": [counted("Failures", ofScenario, 0), NEVER],
    "an expression over what no service writes": [counted("Faults", ofScenario), unheard],
    "a metric of an agent or BFF that is not deployed": [
      own("Failures", { tenant: "xyz-gmbh", workload: "coordinator" }, "Alicerce/Workloads"),
      '"errors" must watch an agent or a BFF that is deployed, not coordinator.',
    ],
  },
});
