import * as aws from "@pulumi/aws";
import { managed, rate, type WebAclRule } from "../../../components/edge/web-acl-rules.ts";
import { webAclsBlock } from "../../../policies/premise-1-gateway-only/web-acls-block.ts";
import { testRule } from "../../support/rule-tester.ts";
import { served } from "../programs.ts";

const COMMON = managed("AWSManagedRulesCommonRuleSet", ["SizeRestrictions_BODY"]);
const INPUTS = managed("AWSManagedRulesKnownBadInputsRuleSet");
const FLOODS = rate("floods", 2_000);
const TOKENS = rate("tokens", 10, "^/realms/[^/]+/protocol/openid-connect/token$");

function acl(...rules: readonly WebAclRule[]): void {
  const visibilityConfig = { cloudwatchMetricsEnabled: true, metricName: "acl", sampledRequestsEnabled: false };
  new aws.wafv2.WebAcl(
    "acl",
    {
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig,
      rules: rules.map((it, priority) => ({ ...it, priority, visibilityConfig })),
    },
    served(),
  );
}

const by = (group: string): string => `"acl" must block what ${group} finds, in every request.`;
const NO_COMMON = by("AWSManagedRulesCommonRuleSet");
const NO_INPUTS = by("AWSManagedRulesKnownBadInputsRuleSet");
const NO_FLOODS = '"acl" must block an address that sends too many requests.';
const NOT_OF_AWS = '"acl" must name a group of rules that AWS maintains.';
const NO_LIMIT = '"acl" must limit each address to 20000 requests, and read paths as the server will.';
const PAST = '"acl" must let no request past its other rules.';
const OFFICE = { name: "office", statement: { geoMatchStatement: { countryCodes: ["BR"] } } };

const scoped = {
  ...COMMON,
  statement: {
    managedRuleGroupStatement: { vendorName: "AWS", name: COMMON.name, scopeDownStatement: OFFICE.statement },
  },
};

testRule(webAclsBlock, {
  accepts: {
    "groups that block, and a limit": () => acl(FLOODS, INPUTS, COMMON),
    "a rule that only counts beside them": () => acl({ ...OFFICE, action: { count: {} } }, FLOODS, INPUTS, COMMON),
    "one more group of AWS": () => acl(FLOODS, INPUTS, COMMON, managed("AWSManagedRulesSQLiRuleSet")),
    "limits for some paths beside the one for all": () => acl(TOKENS, FLOODS, INPUTS, COMMON),
  },
  rejects: {
    "no rules": [() => acl(), NO_COMMON, NO_INPUTS, NO_FLOODS],
    "groups that only count": [
      () => acl(FLOODS, { ...INPUTS, overrideAction: { count: {} } }, { ...COMMON, overrideAction: { count: {} } }),
      NO_COMMON,
      NO_INPUTS,
    ],
    "a group of which nearly all rules count": [
      () => acl(FLOODS, INPUTS, managed(COMMON.name, ["A", "B", "C", "D", "E", "F", "G"])),
      NO_COMMON,
    ],
    "a group that is asked for some requests": [() => acl(FLOODS, INPUTS, scoped), NO_COMMON],
    "a group of that name by somebody else": [
      () =>
        acl(FLOODS, INPUTS, {
          ...COMMON,
          statement: { managedRuleGroupStatement: { vendorName: "Elsewhere", name: COMMON.name } },
        }),
      NO_COMMON,
      NOT_OF_AWS,
    ],
    "a group that AWS does not have": [
      () => acl(FLOODS, INPUTS, COMMON, managed("AWSManagedRulesSqlRuleSet")),
      NOT_OF_AWS,
    ],
    "a limit that only counts": [() => acl({ ...FLOODS, action: { count: {} } }, INPUTS, COMMON), NO_FLOODS],
    "a limit for one path alone": [() => acl(TOKENS, INPUTS, COMMON), NO_FLOODS],
    "a limit for tokens of which the path is another": [
      () => acl(rate("tokens", 10, "^/token$"), FLOODS, INPUTS, COMMON),
      NO_LIMIT,
    ],
    "a limit that ends no flood": [() => acl(rate("floods", 2_000_000), INPUTS, COMMON), NO_LIMIT],
    "a rule that lets a country past": [() => acl({ ...OFFICE, action: { allow: {} } }, FLOODS, INPUTS, COMMON), PAST],
  },
});
