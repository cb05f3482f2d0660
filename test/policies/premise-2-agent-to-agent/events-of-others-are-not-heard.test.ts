import * as aws from "@pulumi/aws";
import { eventsOfOthersAreNotHeard } from "../../../policies/premise-2-agent-to-agent/events-of-others-are-not-heard.ts";
import { testRule } from "../../support/rule-tester.ts";
import { served } from "../programs.ts";

const message = '"orders" must take events from a bus of the same stack.';
const eventPattern = JSON.stringify({ source: ["aws.s3"] });

const cases = {
  accepts: {
    "a rule on a bus of the same stack": () => {
      const opts = served();
      const bus = new aws.cloudwatch.EventBus("orders", { name: "orders" }, opts);
      return new aws.cloudwatch.EventRule("orders", { eventBusName: bus.name, eventPattern }, opts);
    },
  },
  rejects: {
    "a rule on the account's default bus": [
      () => new aws.cloudwatch.EventRule("orders", { eventPattern }, served()),
      message,
    ],
    "a rule on the default bus by its name": [
      () => new aws.cloudwatch.EventRule("orders", { eventBusName: "default", eventPattern }, served()),
      message,
    ],
  },
  ignores: {
    "a schedule": () => new aws.cloudwatch.EventRule("night", { scheduleExpression: "rate(1 day)" }, served()),
  },
} as const;

testRule(eventsOfOthersAreNotHeard, cases);
testRule(eventsOfOthersAreNotHeard, { accepts: cases.accepts, rejects: {} }, { preview: "realistic" });
