import { outputOf } from "../../engine/output.ts";
import { lookupInAll } from "../../engine/lookup.ts";
import type { Platform } from "../../engine/platform.ts";
import { some } from "../../engine/three-values.ts";
import type { Value } from "../../engine/value.ts";
import { TYPE } from "../resource-types.ts";
import { contains } from "../../../contracts/network/address-range.ts";

const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const RULES = {
  ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
} as const;

const CIDRS = ["cidrBlocks", "cidrIpv4"];
const GROUPS = ["securityGroups", "referencedSecurityGroupId", "sourceSecurityGroupId"];
const PREFIX_LISTS = ["prefixListIds", "prefixListId"];

/** The other end of a connection: where its addresses are, which groups it is in, and which prefix list names it. */
export interface OtherEnd {
  readonly ranges: readonly string[];
  readonly groupIds: readonly string[];
  readonly prefixListId?: string;
}

/** Whether one of these security groups lets TCP connections on the port pass; a group that is in no plan lets nothing pass. */
export function admits(
  platform: Platform,
  groupIds: readonly string[],
  side: "ingress" | "egress",
  { end, port }: { readonly end: OtherEnd; readonly port: number },
): boolean {
  return some(rulesOf(platform, groupIds, side), (it) => spans(it, port) && names(it, end));
}

const groupsById = lookupInAll([TYPE.securityGroup], ({ resource }) => outputOf(resource, "id"));

const rulesByGroup = {
  ingress: lookupInAll([RULES.ingress], ({ resource }) => resource.text("securityGroupId")),
  egress: lookupInAll([RULES.egress], ({ resource }) => resource.text("securityGroupId")),
};

const eitherByGroup = lookupInAll([RULE], ({ resource }) => resource.text("securityGroupId"));

function rulesOf(platform: Platform, groupIds: readonly string[], side: "ingress" | "egress"): readonly Value[] {
  return groupIds.flatMap((id) => [
    ...groupsById(platform)
      .all(id)
      .flatMap(({ resource }) => resource.list(side)),
    ...[
      ...rulesByGroup[side](platform).all(id),
      ...eitherByGroup(platform)
        .all(id)
        .filter((it) => it.resource.text("type") === side),
    ].map(({ resource }) => resource),
  ]);
}

function spans(rule: Value, port: number): boolean {
  const protocol = rule.text("protocol") ?? rule.text("ipProtocol");
  if (protocol === "-1") return true;
  const [from, to] = [rule.number("fromPort"), rule.number("toPort")];
  return (
    (protocol === "tcp" || protocol === "6") && from !== undefined && to !== undefined && from <= port && port <= to
  );
}

function names(rule: Value, { ranges, groupIds, prefixListId }: OtherEnd): boolean {
  const of = (inputs: readonly string[]): readonly string[] => inputs.flatMap((it) => rule.texts(it));
  const cidrs = of(CIDRS);
  if (ranges.length > 0 && ranges.every((range) => cidrs.some((it) => contains(it, range)))) return true;
  if (of(GROUPS).some((it) => groupIds.includes(it))) return true;
  return prefixListId !== undefined && of(PREFIX_LISTS).includes(prefixListId);
}
