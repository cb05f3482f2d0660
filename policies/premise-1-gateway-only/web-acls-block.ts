import { CONTROL } from "../engine/frameworks.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import { every, some } from "../engine/three-values.ts";
import type { Value } from "../engine/value.ts";

/** The groups of AWS that every way in needs, with the number of their rules that may count instead of block. */
const GROUPS = { AWSManagedRulesCommonRuleSet: 6, AWSManagedRulesKnownBadInputsRuleSet: 0 } as const;

const MANAGED = "statement.managedRuleGroupStatement";
const RATE = "statement.rateBasedStatement";

export const webAclsBlock = rule({
  premise: 1,
  id: "web-acls-block",
  severity: "high",
  description:
    "A web ACL refuses what it finds: known attacks, by rules that AWS maintains, and floods from one address. No rule lets a request past the others.",
  remediation:
    "Add AWSManagedRulesCommonRuleSet and AWSManagedRulesKnownBadInputsRuleSet with `overrideAction` none, a rate rule that blocks, and no rule that allows.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoNetwork, CONTROL.pciNetwork],
  subjects: { types: ["aws:wafv2/webAcl:WebAcl"] },
  foreign: "all",
  judge: [
    (it) =>
      every(it.list("rules"), (one) => !one.has("action.allow"))
        ? undefined
        : `"${it.name}" must let no request past its other rules.`,
    ...Object.entries(GROUPS).map(
      ([group, most]) =>
        (it: ResourceView): string | undefined =>
          some(it.list("rules"), (one) => enforces(one, group, most))
            ? undefined
            : `"${it.name}" must block what ${group} finds, in every request.`,
    ),
    (it) =>
      every(it.list("rules"), isOfAws) ? undefined : `"${it.name}" must name a group of rules that AWS maintains.`,
    (it, stack) =>
      !stack.isOurs || every(it.list("rules"), limitsWhatItSays)
        ? undefined
        : `"${it.name}" must limit each address to ${MOST} requests, and read paths as the server will.`,
    (it) =>
      some(it.list("rules"), limits) ? undefined : `"${it.name}" must block an address that sends too many requests.`,
  ],
});

/** Whether a rule asks a group of AWS of every request and blocks what it finds, but for a few rules of the group. */
function enforces(one: Value, group: string, most: number): boolean {
  return (
    one.text(`${MANAGED}.name`) === group &&
    one.text(`${MANAGED}.vendorName`) === "AWS" &&
    !one.has("overrideAction.count") &&
    !one.has(`${MANAGED}.scopeDownStatement`) &&
    one.list(`${MANAGED}.ruleActionOverrides`).length <= most &&
    every(one.list(`${MANAGED}.ruleActionOverrides`), (it) => !it.has("actionToUse.allow"))
  );
}

/** What AWS offers beside the groups that every way in needs (AWS WAF developer guide, "AWS Managed Rules rule groups list"). */
const OTHER_GROUPS = [
  "AWSManagedRulesAdminProtectionRuleSet",
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesAnonymousIpList",
  "AWSManagedRulesLinuxRuleSet",
  "AWSManagedRulesPHPRuleSet",
  "AWSManagedRulesSQLiRuleSet",
  "AWSManagedRulesUnixRuleSet",
  "AWSManagedRulesWindowsRuleSet",
  "AWSManagedRulesWordPressRuleSet",
];

function isOfAws(one: Value): boolean {
  const name = one.text(`${MANAGED}.name`);
  return (
    !one.has(MANAGED) ||
    (one.text(`${MANAGED}.vendorName`) === "AWS" &&
      name !== undefined &&
      [...Object.keys(GROUPS), ...OTHER_GROUPS].includes(name))
  );
}

/** How many requests an address may send in five minutes, at most; a page and its parts are a hundred. */
const MOST = 20_000;

/** A path as servers read it, whatever the caller has encoded in it; AWS WAF does so in the order of the priorities. */
const TRANSFORMATIONS = ["URL_DECODE", "NORMALIZE_PATH", "LOWERCASE"];

/** A path that must be limited by the rule of a name. */
const LIMITED: Readonly<Record<string, string>> = {
  messages: "/chat",
  registrations: "/realms/a/clients-registrations",
  "sign-ins": "/sign-in",
  tokens: "/realms/a/protocol/openid-connect/token",
  uploads: "/uploads",
};

/** Whether a rule that counts requests has a limit that ends floods, and counts the paths that it is named after. */
function limitsWhatItSays(one: Value): boolean {
  if (!one.has(RATE)) return true;
  const limit = one.number(`${RATE}.limit`) ?? 0;
  const path = LIMITED[one.text("name") ?? ""];
  const match = `${RATE}.scopeDownStatement.regexMatchStatement`;
  if (limit <= 0 || limit > MOST) return false;
  if (!one.has(match)) return path === undefined;
  const read = one.list(`${match}.textTransformations`).map((it) => [it.number("priority"), it.text("type")] as const);
  const isRead = TRANSFORMATIONS.every((type, i) => read.some(([priority, it]) => it === type && priority === i));
  return isRead && (path === undefined || new RegExp(one.text(`${match}.regexString`) ?? "^$").test(path));
}

/** Whether a rule blocks each address by the number of all of its requests. */
function limits(one: Value): boolean {
  return (
    one.has("action.block") &&
    one.has(`${RATE}.limit`) &&
    ["IP", "FORWARDED_IP"].includes(one.text(`${RATE}.aggregateKeyType`) ?? "") &&
    !one.has(`${RATE}.scopeDownStatement`)
  );
}
