import { failuresRaiseAlarms } from "../../../../policies/premise-7-observability/alarms/failures-raise-alarms.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { set } from "../../proofs/edits.ts";

const REGION = "production.eu-west-1";
const TENANT = "production.eu-west-1.xyz-gmbh";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

const says = (name: string, what: string): string => `"${name}" must have an alarm on ${what}.`;

testRule(failuresRaiseAlarms, {
  accepts: {
    "the cluster of a region": shipped(REGION),
    "the interceptors and the database of a tenant": shipped(TENANT),
    "another name of an alarm": shippedWith(REGION, ALARM, "cluster-grown", set(["alarmDescription"], "Full")),
  },
  rejects: {
    "a cluster that is full": [
      shippedWith(REGION, ALARM, "cluster-grown"),
      says("alicerce-eksCluster", "cluster_node_count"),
    ],
    "nodes that fail": [
      shippedWith(REGION, ALARM, "cluster-nodes"),
      says("alicerce-eksCluster", "cluster_failed_node_count"),
    ],
    "nodes of another cluster": [
      shippedWith(REGION, ALARM, "cluster-grown", set(["dimensions"], { ClusterName: "other" })),
      says("alicerce-eksCluster", "cluster_node_count"),
    ],
    "a metric of nobody": [
      shippedWith(REGION, ALARM, "cluster-grown", set(["namespace"], "Insights")),
      says("alicerce-eksCluster", "cluster_node_count"),
    ],
    "an interceptor that fails": [
      shippedWith(TENANT, ALARM, "interceptor-internal-errors"),
      says("interceptor-internal", "Errors"),
    ],
    "a tenant's database that is slow": [
      shippedWith(TENANT, ALARM, "database-slow"),
      says("database", "CommitLatency"),
    ],
    "a database that is full": [shippedWith(TENANT, ALARM, "database-full"), says("database", "ACUUtilization")],
    "the database of Keycloak without connections left": [
      shippedWith(REGION, ALARM, "keycloak-crowded"),
      says("keycloak", "DatabaseConnections"),
    ],
    "capacity of another database": [
      shippedWith(TENANT, ALARM, "database-full", set(["dimensions"], { DBClusterIdentifier: "other" })),
      says("database", "ACUUtilization"),
    ],
    "errors of another function": [
      shippedWith(TENANT, ALARM, "interceptor-internal-errors", set(["dimensions"], { FunctionName: "other" })),
      says("interceptor-internal", "Errors"),
    ],
  },
  ignores: { "the stack of an environment": shipped("production") },
});
