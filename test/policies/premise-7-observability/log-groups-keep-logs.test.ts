import * as aws from "@pulumi/aws";
import { logGroupsKeepLogs } from "../../../policies/premise-7-observability/log-groups-keep-logs.ts";
import { testRule } from "../../support/rule-tester.ts";
import { served } from "../programs.ts";

const logs = (args: aws.cloudwatch.LogGroupArgs): unknown => new aws.cloudwatch.LogGroup("logs", args, served());

const MESSAGE = '"logs" must keep its logs for a named number of days, at least 365.';

testRule(logGroupsKeepLogs, {
  accepts: {
    "a year": () => logs({ retentionInDays: 365 }),
    "longer than a year": () => logs({ retentionInDays: 731 }),
  },
  rejects: {
    "a month": [() => logs({ retentionInDays: 30 }), MESSAGE],
    "for ever, by a number": [() => logs({ retentionInDays: 0 }), MESSAGE],
    "for ever, by saying nothing": [() => logs({}), MESSAGE],
  },
});
