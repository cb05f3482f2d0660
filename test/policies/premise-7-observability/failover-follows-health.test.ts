import { failoverFollowsHealth } from "../../../policies/premise-7-observability/failover-follows-health.ts";
import type { Plan } from "../../../plan/model.ts";
import { testRule } from "../../support/rule-tester.ts";
import { shipped, shippedWith } from "../edited-plans.ts";
import { planOf, urnOf } from "../programs.ts";
import { set } from "../proofs/edits.ts";

const REGION = "production.eu-west-1";
const CHECK_TYPE = "aws:route53/healthCheck:HealthCheck";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

function record(inputs: Record<string, unknown>): Plan {
  return planOf(
    { type: CHECK_TYPE, name: "edge", inputs: {}, outputs: { id: "check" } },
    { type: "aws:route53/record:Record", name: "bff", inputs },
  );
}

/** An alarm that Amazon Route 53 can follow. */
const ANSWERS = {
  metricName: "HealthyHostCount",
  region: "eu-west-1",
  statistic: "Maximum",
  period: 60,
  evaluationPeriods: 3,
  treatMissingData: "breaching",
};

/** A health check that follows an alarm of the region, by its name and its region. */
function check(of: Record<string, unknown>, ofAlarm: Record<string, unknown> = {}): Plan {
  const named = {
    type: "CLOUDWATCH_METRIC",
    cloudwatchAlarmName: "answers",
    cloudwatchAlarmRegion: "eu-west-1",
    insufficientDataHealthStatus: "Unhealthy",
    ...of,
  };
  return planOf(
    { type: ALARM, name: "answers", inputs: { ...ANSWERS, ...ofAlarm }, outputs: { name: "answers" } },
    { type: CHECK_TYPE, name: "edge", inputs: named },
  );
}

/** A health check that is made of two others. */
const all = (of: Record<string, unknown>): Plan =>
  planOf(
    { type: CHECK_TYPE, name: "one", inputs: { type: "RECOVERY_CONTROL" }, outputs: { id: "1" } },
    { type: CHECK_TYPE, name: "two", inputs: { type: "RECOVERY_CONTROL" }, outputs: { id: "2" } },
    {
      type: CHECK_TYPE,
      name: "edge",
      inputs: { type: "CALCULATED", childHealthchecks: ["1", "2"], ...of },
      outputs: { id: "4" },
    },
  );

const FOLLOWS = '"edge" must follow an alarm on HealthyHostCount or Answered, in the region of the alarm.';
const KNOWS =
  '"edge" must follow an alarm of which Amazon Route 53 knows the metric, and be unhealthy without numbers.';
const ALL = '"edge" must want all of its health checks, which are of its own stack.';
const PRIMARY = { failoverRoutingPolicies: [{ type: "PRIMARY" }] };
const ALIAS = { name: "edge-1.eu-west-1.elb.amazonaws.com", zoneId: "Z1" };
const CHECK = '"bff" must name a health check of its own stack.';
const leaves = (name: string): string => `"${name}" must leave the region when no gateway of it answers.`;
/** The region, whose names follow another health check. */
const following = (name: string): Plan => {
  const plan = shipped(REGION);
  const id = plan.resources.find((it) => it.type === CHECK_TYPE && it.name === name)?.outputs?.["id"];
  return shippedWith(REGION, "aws:route53/record:Record", /^bff-/, set(["healthCheckId"], id));
};

testRule(failoverFollowsHealth, {
  accepts: {
    "the shipped stack of a region": shipped(REGION),
    "a health check that follows what answers": check({}),
    "a health check that wants all": all({ childHealthThreshold: 2 }),
    "a health check that wants all, while a deployment does not know their ids": planOf(
      { type: CHECK_TYPE, name: "one", inputs: { type: "RECOVERY_CONTROL" } },
      { type: CHECK_TYPE, name: "two", inputs: { type: "RECOVERY_CONTROL" } },
      {
        type: CHECK_TYPE,
        name: "edge",
        inputs: { type: "CALCULATED", childHealthchecks: ["1", "2"], childHealthThreshold: 2 },
        propertyDependencies: { childHealthchecks: [urnOf(CHECK_TYPE, "one"), urnOf(CHECK_TYPE, "two")] },
      },
    ),
    "a record by geolocation of what fails over": record({
      geolocationRoutingPolicies: [{ country: "DE" }],
      aliases: [{ ...ALIAS, evaluateTargetHealth: true }],
    }),
    "a record with a health check": record({ ...PRIMARY, healthCheckId: "check" }),
    "a record that follows what it leads to, as well": record({
      ...PRIMARY,
      healthCheckId: "check",
      aliases: [{ ...ALIAS, evaluateTargetHealth: true }],
    }),
  },
  rejects: {
    "a health check that follows something else": [check({}, { metricName: "cluster_node_count" }), FOLLOWS],
    "a health check that follows one tenant's canary": [
      check({}, { metricName: "Answered", namespace: "Alicerce/Canary", dimensions: { tenant: "xyz-gmbh" } }),
      FOLLOWS,
    ],
    "a health check that follows an alarm elsewhere": [check({ cloudwatchAlarmRegion: "us-east-1" }), FOLLOWS],
    "a health check that follows nothing": [check({ cloudwatchAlarmName: "other" }), FOLLOWS],
    "a health check that is healthy without numbers": [check({ insufficientDataHealthStatus: "Healthy" }), KNOWS],
    "an alarm that is silent without numbers": [check({}, { treatMissingData: "notBreaching" }), KNOWS],
    "an alarm of some periods out of more": [check({}, { datapointsToAlarm: 2 }), KNOWS],
    "an alarm on a percentile": [check({}, { statistic: undefined, extendedStatistic: "p99" }), KNOWS],
    "an alarm of a high resolution": [check({}, { period: 10 }), KNOWS],
    "an alarm on a query": [check({}, { metricQueries: [{ id: "a", expression: "1" }] }), KNOWS],
    "a health check that is healthy while one part is not": [all({ childHealthThreshold: 1 }), ALL],
    "a health check that is always healthy": [all({ childHealthThreshold: 0 }), ALL],
    "a health check of parts elsewhere": [all({ childHealthchecks: ["1", "3"], childHealthThreshold: 2 }), ALL],
    "a health check of no parts": [all({ childHealthchecks: [], childHealthThreshold: 0 }), ALL],
    "a record without a health check": [record(PRIMARY), CHECK],
    "a health check of somebody else": [record({ ...PRIMARY, healthCheckId: "other" }), CHECK],
    "an alias whose health is not asked for": [
      record({ ...PRIMARY, healthCheckId: "check", aliases: [{ ...ALIAS, evaluateTargetHealth: false }] }),
      '"bff" must follow the health of what it leads to.',
    ],
    "people who are led to a region whatever its health": [
      record({ geolocationRoutingPolicies: [{ country: "DE" }], aliases: [{ ...ALIAS, evaluateTargetHealth: false }] }),
      '"bff" must follow the health of what it leads to.',
    ],
    "names that stay while no gateway answers": [following("identity"), leaves("bff-b2c"), leaves("bff-b2b")],
  },
  ignores: { "a record that does not fail over": record({ records: ["10.2.0.1"] }) },
});
