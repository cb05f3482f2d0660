import * as aws from "@pulumi/aws";
import { runtimesMayReport } from "../../../policies/premise-7-observability/runtimes-may-report.ts";
import { testRule } from "../../support/rule-tester.ts";
import { policyOf, roleFor, runtimeOf, served } from "../programs.ts";

const LOGS = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:PutResourcePolicy"];
const TRACES = [
  "xray:GetSamplingRules",
  "xray:GetSamplingTargets",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
];
const ALL = ["cloudwatch:PutMetricData", ...LOGS, ...TRACES];

/** A runtime whose role, or another one, is granted these actions. */
function runtime(actions: readonly string[], grantee: "own" | "other" = "own"): void {
  const opts = served();
  const roles = { own: roleFor("own", opts), other: roleFor("other", opts) };
  const policy = policyOf({ Effect: "Allow", Action: actions, Resource: "*" });
  new aws.iam.RolePolicy("reports", { role: roles[grantee].name, policy }, opts);
  runtimeOf("database", opts, { roleArn: roles.own.arn });
}

const may = (action: string) => `"database" must have a role that may ${action}.`;

testRule(runtimesMayReport, {
  accepts: { "a role that may do all of it": () => runtime(ALL) },
  rejects: {
    "a role whose spans have nowhere to go": [
      () => runtime(ALL.filter((it) => it !== "logs:PutResourcePolicy")),
      may("logs:PutResourcePolicy"),
    ],
    "a role that is told of no sampling": [
      () => runtime(ALL.filter((it) => !it.startsWith("xray:Get"))),
      may("xray:GetSamplingRules"),
      may("xray:GetSamplingTargets"),
    ],
    "a grant to another role": [() => runtime(ALL, "other"), ...(ALL.map(may) as [string, ...string[]])],
  },
});
