import { failoverFollowsHealth } from "../../../policies/premise-7-observability/failover-follows-health.ts";
import type { Plan } from "../../../plan/model.ts";
import { testRule } from "../../support/rule-tester.ts";
import { planOf } from "../programs.ts";

function record(inputs: Record<string, unknown>): Plan {
  return planOf(
    { type: "aws:route53/healthCheck:HealthCheck", name: "edge", inputs: {}, outputs: { id: "check" } },
    { type: "aws:route53/record:Record", name: "bff", inputs },
  );
}

/** A health check that follows an alarm of the region, by its name and its region. */
function check(of: Record<string, unknown>, metricName = "HealthyHostCount"): Plan {
  const named = { cloudwatchAlarmName: "answers", cloudwatchAlarmRegion: "eu-west-1", ...of };
  return planOf(
    {
      type: "aws:cloudwatch/metricAlarm:MetricAlarm",
      name: "answers",
      inputs: { metricName, region: "eu-west-1" },
      outputs: { name: "answers" },
    },
    { type: "aws:route53/healthCheck:HealthCheck", name: "edge", inputs: { type: "CLOUDWATCH_METRIC", ...named } },
  );
}

const FOLLOWS = '"edge" must follow an alarm on HealthyHostCount, in the region of the alarm.';
const PRIMARY = { failoverRoutingPolicies: [{ type: "PRIMARY" }] };
const ALIAS = { name: "edge-1.eu-west-1.elb.amazonaws.com", zoneId: "Z1" };
const CHECK = '"bff" must name a health check of its own stack.';

testRule(failoverFollowsHealth, {
  accepts: {
    "a health check that follows what answers": check({}),
    "a record with a health check": record({ ...PRIMARY, healthCheckId: "check" }),
    "a record that follows what it leads to, as well": record({
      ...PRIMARY,
      healthCheckId: "check",
      aliases: [{ ...ALIAS, evaluateTargetHealth: true }],
    }),
  },
  rejects: {
    "a health check that follows something else": [check({}, "cluster_node_count"), FOLLOWS],
    "a health check that follows an alarm elsewhere": [check({ cloudwatchAlarmRegion: "us-east-1" }), FOLLOWS],
    "a health check that follows nothing": [check({ cloudwatchAlarmName: "other" }), FOLLOWS],
    "a record without a health check": [record(PRIMARY), CHECK],
    "a health check of somebody else": [record({ ...PRIMARY, healthCheckId: "other" }), CHECK],
    "an alias whose health is not asked for": [
      record({ ...PRIMARY, healthCheckId: "check", aliases: [{ ...ALIAS, evaluateTargetHealth: false }] }),
      '"bff" must follow the health of what it leads to.',
    ],
  },
  ignores: { "a record that does not fail over": record({ records: ["10.2.0.1"] }) },
});
