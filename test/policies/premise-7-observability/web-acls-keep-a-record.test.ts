import * as aws from "@pulumi/aws";
import { webAclsKeepARecord } from "../../../policies/premise-7-observability/web-acls-keep-a-record.ts";
import { testRule } from "../../support/rule-tester.ts";
import { served } from "../programs.ts";

const VISIBILITY = { cloudwatchMetricsEnabled: true, metricName: "acl", sampledRequestsEnabled: false };
const REDACTED = ["authorization", "cookie"];
const DROPPING = {
  defaultBehavior: "DROP",
  filters: [{ behavior: "KEEP", requirement: "MEETS_ANY", conditions: [{ actionCondition: { action: "BLOCK" } }] }],
};

interface Recorded {
  readonly group?: string;
  readonly encrypted?: boolean;
  readonly destination?: string;
  readonly redacted?: readonly string[];
  readonly loggingFilter?: aws.types.input.wafv2.WebAclLoggingConfigurationLoggingFilter;
}

function acl(recorded?: Recorded): void {
  const opts = served();
  const args = { scope: "REGIONAL", defaultAction: { allow: {} }, visibilityConfig: VISIBILITY };
  const { arn: resourceArn } = new aws.wafv2.WebAcl("acl", args, opts);
  if (recorded === undefined) return;
  const { group = "aws-waf-logs-acl", encrypted = true, redacted = REDACTED, destination, ...rest } = recorded;
  const key = encrypted ? { kmsKeyId: new aws.kms.Key("key", {}, opts).arn } : {};
  const { arn } = new aws.cloudwatch.LogGroup("acl", { name: group, ...key }, opts);
  const redactedFields = redacted.map((name) => ({ singleHeader: { name } }));
  const logDestinationConfigs = [destination ?? arn];
  new aws.wafv2.WebAclLoggingConfiguration(
    "acl",
    { resourceArn, logDestinationConfigs, redactedFields, ...rest },
    opts,
  );
}

const KEPT = '"acl" must record all requests, in a log group of its own stack with a key.';
const REDACT = '"acl" must redact the headers authorization and cookie in its record.';

testRule(webAclsKeepARecord, {
  accepts: {
    "a record of all requests": () => acl({}),
    "a record that redacts more": () => acl({ redacted: [...REDACTED, "x-api-key"] }),
  },
  rejects: {
    "no record": [() => acl(), KEPT],
    "a record without a key": [() => acl({ encrypted: false }), KEPT],
    "a log group to which AWS WAF does not write": [() => acl({ group: "/alicerce/waf" }), KEPT],
    "a record in another account": [
      () => acl({ destination: "arn:aws:logs:eu-west-1:444455556666:log-group:aws-waf-logs-acl" }),
      KEPT,
    ],
    "a record of what was blocked alone": [() => acl({ loggingFilter: DROPPING }), KEPT],
    "a record with tokens": [() => acl({ redacted: ["cookie"] }), REDACT],
  },
});

testRule(
  webAclsKeepARecord,
  { accepts: { "a record of an ACL that does not exist yet": () => acl({}) }, rejects: {} },
  { preview: "realistic" },
);
