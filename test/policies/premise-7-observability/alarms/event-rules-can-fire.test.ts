import { eventRulesCanFire } from "../../../../policies/premise-7-observability/alarms/event-rules-can-fire.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { planOf } from "../../programs.ts";

const rule = (inputs: Readonly<Record<string, unknown>>) =>
  planOf({ type: "aws:cloudwatch/eventRule:EventRule", name: "threats", inputs });
const MESSAGE = '"threats" must have a schedule, or a pattern that is an object of JSON with a condition.';

testRule(eventRulesCanFire, {
  accepts: {
    "a pattern": rule({ eventPattern: '{"source":["aws.guardduty"]}' }),
    "a schedule": rule({ scheduleExpression: "rate(5 minutes)" }),
  },
  rejects: {
    "neither of them": [rule({}), MESSAGE],
    "a pattern that is no JSON": [rule({ eventPattern: '{"source":["aws.guardduty"]}}' }), MESSAGE],
    "a pattern without a condition": [rule({ eventPattern: "{}" }), MESSAGE],
    "a pattern that is a list": [rule({ eventPattern: '["aws.guardduty"]' }), MESSAGE],
  },
});
