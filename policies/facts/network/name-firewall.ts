import type { Platform } from "../../engine/platform.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { byOutput, namersOf, type Naming, referenceOf, referred } from "../reference.ts";
import { findBy } from "../reach/find.ts";

const PREFIX = "aws:route53/resolverFirewall";
const ASSOCIATION = `${PREFIX}RuleGroupAssociation:ResolverFirewallRuleGroupAssociation`;
const GROUP = `${PREFIX}RuleGroup:ResolverFirewallRuleGroup`;
const LIST = `${PREFIX}DomainList:ResolverFirewallDomainList`;
const RULE = `${PREFIX}Rule:ResolverFirewallRule`;
const ASSOCIATIONS: Naming = { types: [ASSOCIATION], input: "vpcId" };
const CONFIGS: Naming = { types: [`${PREFIX}Config:ResolverFirewallConfig`], input: "resourceId" };
const RULES: Naming = { types: [RULE], input: "firewallRuleGroupId" };

/** A rule of DNS Firewall, and the domains of its list; absent where no stack's list is named. */
export interface FirewallRule {
  readonly rule: ResourceView;
  readonly domains: readonly string[] | undefined;
}

/** The rules of the groups that are associated with a VPC, in their order; absent groups of others are `undefined`. */
export function firewallsOf(vpc: ResourceView, stack: StackIndex): readonly (readonly FirewallRule[] | undefined)[] {
  return namersOf(vpc, ASSOCIATIONS, ["id"], stack)
    .toSorted(byPriority)
    .map((it) => {
      const group = referred(referenceOf(it, "firewallRuleGroupId"), byOutput(GROUP, "id"), stack);
      return group && rulesOf(group, stack);
    });
}

function rulesOf(group: ResourceView, stack: StackIndex): readonly FirewallRule[] {
  return namersOf(group, RULES, ["id"], stack)
    .toSorted(byPriority)
    .map((rule) => {
      const list = referred(referenceOf(rule, "firewallDomainListId"), byOutput(LIST, "id"), stack);
      return { rule, domains: list?.texts("domains") };
    });
}

function byPriority(a: ResourceView, b: ResourceView): number {
  return (a.number("priority") ?? 0) - (b.number("priority") ?? 0);
}

/** What says how the resolver of a VPC fails. */
export function failuresOf(vpc: ResourceView, stack: StackIndex): readonly ResourceView[] {
  return namersOf(vpc, CONFIGS, ["id"], stack);
}

/** Whether whatever is asked for in a VPC comes through its DNS firewall: the first rule that fits decides, and without any, nothing is blocked. */
export function firewallPasses(platform: Platform, vpcId: string, name: string): boolean {
  const vpc = findBy(platform, "aws:ec2/vpc:Vpc", "id", vpcId);
  if (vpc === undefined) return false;
  const rules = firewallsOf(vpc.resource, vpc.stack).flatMap((it) => it ?? []);
  const first = rules.find(({ domains = [] }) => domains.some((it) => covers(it, name)));
  return first?.rule.text("action") !== "BLOCK";
}

/** Whether a domain of a list stands for a name, or for all names that a pattern such as `*.example.com` stands for. */
export function covers(domain: string, name: string): boolean {
  return domain === name || domain === "*" || (domain.startsWith("*.") && name.endsWith(domain.slice(1)));
}
