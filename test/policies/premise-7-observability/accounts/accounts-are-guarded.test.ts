import { environments } from "../../../../environments/index.ts";
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
    "costs that nobody sees": [
      without("aws:budgets/budget:Budget"),
      '"production" must have a budget of all that it costs.',
      ...Object.keys(environments.production?.tenants ?? {}).map(
        (it) => `"production" must have a budget of what ${it} costs.`,
      ),
    ],
    "the costs of a tenant that nobody sees": [
      shippedWith("production", "aws:budgets/budget:Budget", "costs-xyz-gmbh"),
      '"production" must have a budget of what xyz-gmbh costs.',
    ],
  },
  ignores: { "the stack of a region": shipped("production.eu-west-1") },
});
