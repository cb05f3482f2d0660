import type { Descriptions } from "../description.ts";
import { NAME, TAGS, TEXT } from "../reasons.ts";

const REFUSES = "A rule that allows is refused, so what this statement finds can only be refused or counted.";
const METRICS = "Numbers of requests, and not what is in them.";

/** AWS WAF. */
export const WAF: Descriptions = {
  "aws:wafv2/webAcl:WebAcl": {
    read: [
      "region",
      "rules.action.allow",
      "rules.action.block",
      "rules.name",
      "rules.overrideAction.count",
      "rules.statement.managedRuleGroupStatement.name",
      "rules.statement.managedRuleGroupStatement.ruleActionOverrides.actionToUse.allow",
      "rules.statement.managedRuleGroupStatement.scopeDownStatement",
      "rules.statement.managedRuleGroupStatement.vendorName",
      "rules.statement.rateBasedStatement.aggregateKeyType",
      "rules.statement.rateBasedStatement.limit",
      "rules.statement.rateBasedStatement.scopeDownStatement",
    ],
    inert: {
      defaultAction: "Refusing what no rule finds is the stricter of two, and each entry asks for its callers' tokens.",
      description: TEXT,
      name: NAME,
      "rules.action.count": "It decides nothing, and the rules after it do.",
      "rules.overrideAction.none": "The group's own actions.",
      "rules.priority": "No rule allows, so none takes a request away from another.",
      "rules.statement.andStatement": REFUSES,
      "rules.statement.managedRuleGroupStatement.ruleActionOverrides.actionToUse.count":
        "How many rules may count is said by a rule.",
      "rules.statement.managedRuleGroupStatement.ruleActionOverrides.name": NAME,
      "rules.statement.rateBasedStatement.evaluationWindowSec": "Over which time requests are counted.",
      "rules.statement.regexMatchStatement": REFUSES,
      "rules.visibilityConfig.cloudwatchMetricsEnabled": METRICS,
      "rules.visibilityConfig.metricName": NAME,
      tags: TAGS,
      "visibilityConfig.cloudwatchMetricsEnabled": METRICS,
      "visibilityConfig.metricName": NAME,
    },
    accepts: {
      "rules.visibilityConfig.sampledRequestsEnabled": [false],
      scope: ["REGIONAL"],
      "visibilityConfig.sampledRequestsEnabled": [false],
    },
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": { read: ["region", "resourceArn", "webAclArn"] },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
    read: ["logDestinationConfigs", "loggingFilter", "redactedFields.singleHeader.name", "region", "resourceArn"],
    inert: { "redactedFields.queryString": "It keeps more out of the record." },
  },
};
