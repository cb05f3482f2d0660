import { accountsAreGuarded } from "../../../../policies/premise-7-observability/accounts/accounts-are-guarded.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";

const without = (type: string) => shippedWith("production", type, /./);

testRule(accountsAreGuarded, {
  accepts: { "the account of an environment": shipped("production"), "of another one": shipped("development") },
  rejects: {
    "an account with any passwords": [
      without("aws:iam/accountPasswordPolicy:AccountPasswordPolicy"),
      '"production" must have a password policy.',
    ],
    "an account with public buckets": [
      without("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"),
      '"production" must have a block of public access to all buckets.',
    ],
    "a zone that nobody signs": [
      without("aws:route53/hostedZoneDnsSec:HostedZoneDnsSec"),
      '"production" must have a signed zone.',
    ],
    "costs that nobody sees": [without("aws:budgets/budget:Budget"), '"production" must have a budget.'],
  },
  ignores: { "the stack of a region": shipped("production.eu-west-1") },
});
