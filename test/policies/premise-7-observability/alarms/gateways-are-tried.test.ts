import { gatewaysAreTried } from "../../../../policies/premise-7-observability/alarms/gateways-are-tried.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { set } from "../../proofs/edits.ts";

const TENANT = "production.eu-west-1.xyz-gmbh";
const FUNCTION = "aws:lambda/function:Function";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const CANARY = "canary-b2b";
const alarm = (...edit: Parameters<typeof set>) => shippedWith(TENANT, ALARM, CANARY, set(...edit));

const TRIED = '"gateway-b2b" must have a canary that is told its URL.';
const WATCHED = '"gateway-b2b" must have an alarm that rings when its canary is not answered, or does not run.';

testRule(gatewaysAreTried, {
  accepts: {
    "the shipped stack of a tenant": shipped(TENANT),
    "an alarm that rings sooner": alarm(["evaluationPeriods"], 2),
  },
  rejects: {
    "no canary": [shippedWith(TENANT, FUNCTION, CANARY), TRIED],
    "a canary of another gateway": [
      shippedWith(
        TENANT,
        FUNCTION,
        CANARY,
        set(["environment", "variables", "CANARY_GATEWAY_URL"], "https://another.example.com/mcp"),
      ),
      TRIED,
    ],
    "a canary that is told nothing": [
      shippedWith(TENANT, FUNCTION, CANARY, set(["environment", "variables", "CANARY_GATEWAY_URL"], undefined)),
      TRIED,
    ],
    "no alarm": [shippedWith(TENANT, ALARM, CANARY), WATCHED],
    "an alarm that is silent while nobody tries": [alarm(["treatMissingData"], "notBreaching"), WATCHED],
    "an alarm on another scenario": [alarm(["dimensions", "scenario"], "b2c"), WATCHED],
    "an alarm on another tenant": [alarm(["dimensions", "tenant"], "acme-corp"), WATCHED],
    "an alarm on another metric": [alarm(["metricName"], "ListLatency"), WATCHED],
    "an alarm on another namespace": [alarm(["namespace"], "Alicerce/Gateway"), WATCHED],
    "a sum that one answer keeps up": [alarm(["statistic"], "Sum"), WATCHED],
    "an alarm that rings after an hour": [alarm(["evaluationPeriods"], 60), WATCHED],
  },
});
