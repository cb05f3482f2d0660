import { TAG } from "../../../contracts/tags.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { absent, some } from "../../engine/three-values.ts";
import { TYPE } from "../../facts/resource-types.ts";

const BUDGET = "aws:budgets/budget:Budget";
const ANALYZER = "aws:accessanalyzer/analyzer:Analyzer";

/** What an account has once: in words, and the type. How each is set is said by its description. */
const GUARD_RAILS: readonly (readonly [sentence: string, type: string])[] = [
  ["a password policy", "aws:iam/accountPasswordPolicy:AccountPasswordPolicy"],
  ["a block of public access to all buckets", "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"],
  ["an analyzer of access from outside", ANALYZER],
  ["a monitor of its costs", "aws:costexplorer/anomalyMonitor:AnomalyMonitor"],
  ["somebody who hears of its costs", "aws:costexplorer/anomalySubscription:AnomalySubscription"],
  ["the issuer by which deployments sign in", "aws:iam/openIdConnectProvider:OpenIdConnectProvider"],
  ["the role of AWS Config", "aws:iam/serviceLinkedRole:ServiceLinkedRole"],
  ["a signed zone", "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec"],
  ["a key that signs the zone", "aws:route53/keySigningKey:KeySigningKey"],
];

export const accountsAreGuarded = rule({
  premise: 7,
  id: "accounts-are-guarded",
  severity: "high",
  description:
    "The account of an environment has what AWS keeps once for each account: against passwords that are weak, buckets that are public, access from outside, costs that nobody sees, and answers of DNS that are forged.",
  remediation: "Declare what the finding names in the environment's stack.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring, CONTROL.isoConfiguration],
  subjects: { types: [TYPE.awsProvider], where: (_, { address }) => address.layer === "environment" },
  judge: [
    ...GUARD_RAILS.map(
      ([sentence, type]) =>
        (_: ResourceView, stack: StackIndex) =>
          stack.ofType(type).length > 0 ? undefined : absent(`"${stack.name}" must have ${sentence}.`),
    ),
    (_, stack) =>
      some(stack.ofType(BUDGET), (it) => it.list("costFilters").length === 0)
        ? undefined
        : absent(`"${stack.name}" must have a budget of all that it costs.`),
    (_, stack) =>
      Object.keys(stack.address.environment.tenants)
        .filter((tenant) => !some(stack.ofType(BUDGET), (it) => isOf(it, tenant)))
        .map((tenant) => absent(`"${stack.name}" must have a budget of what ${tenant} costs.`)),
    (_, stack) =>
      Object.keys(stack.address.environment.regions)
        .filter((region) => !some(stack.ofType(ANALYZER), (it) => isOfAccess(it) && it.region === region))
        .map((region) => absent(`"${stack.name}" must have an analyzer of access from outside in ${region}.`)),
  ],
});

/** Whether a budget counts what carries the tag of a tenant (AWS Budgets, "Budget filters"). */
function isOf(it: ResourceView, tenant: string): boolean {
  return it.list("costFilters").some((one) => one.texts("values").includes(`user:${TAG.tenant}$${tenant}`));
}

/** Whether an analyzer finds what is shared beyond the account; it does so in its own region alone (IAM user guide, "Access Analyzer"). */
function isOfAccess(it: ResourceView): boolean {
  return (it.text("type") ?? "ACCOUNT") === "ACCOUNT";
}
