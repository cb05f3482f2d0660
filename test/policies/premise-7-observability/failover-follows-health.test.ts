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

const PRIMARY = { failoverRoutingPolicies: [{ type: "PRIMARY" }] };
const ALIAS = { name: "edge-1.eu-west-1.elb.amazonaws.com", zoneId: "Z1" };
const CHECK = '"bff" must name a health check of its own stack.';

testRule(failoverFollowsHealth, {
  accepts: {
    "a record with a health check": record({ ...PRIMARY, healthCheckId: "check" }),
    "a record that follows what it leads to, as well": record({
      ...PRIMARY,
      healthCheckId: "check",
      aliases: [{ ...ALIAS, evaluateTargetHealth: true }],
    }),
  },
  rejects: {
    "a record without a health check": [record(PRIMARY), CHECK],
    "a health check of somebody else": [record({ ...PRIMARY, healthCheckId: "other" }), CHECK],
    "an alias whose health is not asked for": [
      record({ ...PRIMARY, healthCheckId: "check", aliases: [{ ...ALIAS, evaluateTargetHealth: false }] }),
      '"bff" must follow the health of what it leads to.',
    ],
  },
  ignores: { "a record that does not fail over": record({ records: ["10.2.0.1"] }) },
});
