import { describe, expect, it } from "vitest";
import { WebAcl } from "../../../components/edge/web-acl.ts";
import { managed, rate, refusedPath } from "../../../components/edge/web-acl-rules.ts";
import { planned, testKey } from "../planned.ts";

const acl = () =>
  planned((opts) => {
    const rules = [rate("floods", 100), refusedPath("inner", "^/admin"), managed("AWSManagedRulesCommonRuleSet")];
    new WebAcl("acl", { description: "Tests", rules, kmsKeyArn: testKey(opts).arn }, opts);
  });

describe("WebAcl", () => {
  it("asks its rules in their order, and shows no samples of requests", async () => {
    const { rules } = (await acl()).inputs("aws:wafv2/webAcl:WebAcl", "acl");
    expect(rules).toMatchObject([
      { name: "floods", priority: 0, action: { block: {} }, visibilityConfig: { sampledRequestsEnabled: false } },
      { name: "inner", priority: 1, action: { block: {} } },
      { name: "AWSManagedRulesCommonRuleSet", priority: 2, overrideAction: { none: {} } },
    ]);
  });

  it("records requests without credentials, under a key", async () => {
    const plan = await acl();
    const record = plan.inputs("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", "acl");
    expect(record["redactedFields"]).toContainEqual({ singleHeader: { name: "authorization" } });
    const group = plan.one("aws:cloudwatch/logGroup:LogGroup", "acl");
    expect(group.inputs).toMatchObject({ name: "aws-waf-logs-alicerce-acl", retentionInDays: 365 });
    expect(group.propertyDependencies?.["kmsKeyId"]).toEqual([plan.one("aws:kms/key:Key", "key").urn]);
  });
});
