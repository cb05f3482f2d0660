import { objectivesAreWatched } from "../../../../policies/premise-7-observability/alarms/objectives-are-watched.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { set } from "../../proofs/edits.ts";

const TENANT = "production.eu-west-1.xyz-gmbh";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
const alarm = (name: string, ...edit: Parameters<typeof set>) => shippedWith(TENANT, ALARM, name, set(...edit));
const filter = (name: string, ...edit: Parameters<typeof set>) => shippedWith(TENANT, FILTER, name, set(...edit));

const SHARE = "must have alarms on its share of failures, of an hour and of six.";
const COUNTED = "must be counted in the log of its namespace.";
const BFF = `"bff-b2b" ${SHARE}`;
const GATEWAY = `"gateway-b2b" ${SHARE}`;
/** What serves in pods of this tenant. */
const [FIRST = "", ...OTHERS] = shipped(TENANT)
  .resources.filter((it) => it.type === "kubernetes:apps/v1:Deployment")
  .map((it) => it.name);

const UNCOUNTED = [`"${FIRST}" ${COUNTED}`, ...OTHERS.map((it) => `"${it}" ${COUNTED}`)] as const;

testRule(objectivesAreWatched, {
  accepts: {
    "the shipped stack of a tenant": shipped(TENANT),
    "agents on AgentCore Runtime": shipped("development.us-east-1.acme-corp"),
    "an alarm that rings sooner": alarm("workload-bff-b2b-burns-quick", ["threshold"], 0.5),
  },
  rejects: {
    "no alarm of an hour": [shippedWith(TENANT, ALARM, "workload-bff-b2b-burns-quick"), BFF],
    "no alarm of six hours": [shippedWith(TENANT, ALARM, "workload-bff-b2b-burns-slow"), BFF],
    "a gateway without one": [shippedWith(TENANT, ALARM, "gateway-b2b-burns-quick"), GATEWAY],
    "another workload": [
      alarm("workload-bff-b2b-burns-quick", ["metricQueries", "1", "metric", "dimensions", "workload"], "bff-b2c"),
      BFF,
    ],
    "another tenant's": [
      alarm("workload-bff-b2b-burns-quick", ["metricQueries", "2", "metric", "dimensions", "tenant"], "acme-corp"),
      BFF,
    ],
    "another metric": [
      alarm("workload-bff-b2b-burns-slow", ["metricQueries", "1", "metric", "metricName"], "Calls"),
      BFF,
    ],
    "another namespace": [
      alarm("gateway-b2b-burns-slow", ["metricQueries", "1", "metric", "namespace"], "Alicerce/Workloads"),
      GATEWAY,
    ],
    "an average": [alarm("gateway-b2b-burns-slow", ["metricQueries", "1", "metric", "stat"], "Average"), GATEWAY],
    "a share of the calls that is no percentage": [
      alarm("gateway-b2b-burns-slow", ["metricQueries", "0", "expression"], "failures / calls"),
      GATEWAY,
    ],
    "a share that most failures do not reach": [alarm("gateway-b2b-burns-quick", ["threshold"], 50), GATEWAY],
    "the other side": [alarm("gateway-b2b-burns-quick", ["comparisonOperator"], "LessThanThreshold"), GATEWAY],
    "a share that must stay": [alarm("gateway-b2b-burns-quick", ["evaluationPeriods"], 3), GATEWAY],
    "failures that nothing counts": [shippedWith(TENANT, FILTER, "workloads-failures"), ...UNCOUNTED],
    "a count in the log of others": [
      filter("workloads-calls", ["logGroupName"], "/aws/containerinsights/alicerce/namespaces/acme-corp"),
      ...UNCOUNTED,
    ],
    "a count of another name": [filter("workloads-calls", ["metricTransformation", "name"], "Answers"), ...UNCOUNTED],
  },
});
