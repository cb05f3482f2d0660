import { oncePer } from "../../engine/once-per.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import type { Value } from "../../engine/value.ts";
import { byOutput, namersOf, type Naming, referred } from "../reference.ts";
import { TYPE } from "../resource-types.ts";

/** The types of rules that are resources of their own. */
export const RULE_TYPE = {
  any: "aws:ec2/securityGroupRule:SecurityGroupRule",
  ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
} as const;

const RULES: Naming = { types: [RULE_TYPE.ingress, RULE_TYPE.any], input: "securityGroupId" };

/** Inputs by which a rule names ranges of addresses. */
export const RANGES = ["cidrBlocks", "ipv6CidrBlocks", "cidrIpv4", "cidrIpv6"] as const;

/** Inputs by which a rule names lists of ranges. */
export const PREFIX_LISTS = ["prefixListIds", "prefixListId"] as const;

/** Inputs by which a rule names the groups that it admits. */
export const GROUPS = ["securityGroups", "sourceSecurityGroupId", "referencedSecurityGroupId"] as const;

/** A source of traffic that a group admits, and the resource that says so. */
export interface Source {
  readonly value: Value;
  readonly of: ResourceView;
}

/** The security groups that the ids at a path name: `undefined` for one that is none of the stack's. */
export function groupsNamed(
  { value, of }: Source,
  path: string,
  stack: StackIndex,
): readonly (ResourceView | undefined)[] {
  const input = value === of ? (path.split(".")[0] ?? path) : "ingress";
  return value
    .list(path)
    .map((id) => referred({ of, input, read: () => id.text() }, byOutput(TYPE.securityGroup, "id"), stack));
}

/** Every source that a security group admits, by itself or by rules of their own. */
export function sourcesOf(group: ResourceView, stack: StackIndex): readonly Source[] {
  const rules = namersOf(group, RULES, ["id"], stack).filter(
    (it) => it.type === RULE_TYPE.ingress || it.text("type") !== "egress",
  );
  return [
    ...group.list("ingress").map((value) => ({ value, of: group })),
    ...rules.map((it) => ({ value: it, of: it })),
  ];
}

/** The groups that a group admits: `undefined` for one that is none of the stack's. */
export function admittedBy(group: ResourceView, stack: StackIndex): readonly (ResourceView | undefined)[] {
  return sourcesOf(group, stack).flatMap((source) => GROUPS.flatMap((path) => groupsNamed(source, path, stack)));
}

/** What a group is attached to: every resource that names it, by its id or by a dependency, except rules and other groups. */
export function attachedTo(group: ResourceView, stack: StackIndex): readonly ResourceView[] {
  const id = group.resource.outputs?.["id"];
  // A resource can name an id that is not known yet by a dependency only.
  const named = typeof id === "string" ? (namedById(stack).get(id) ?? []) : [];
  const others: readonly string[] = [...Object.values(RULE_TYPE), TYPE.securityGroup];
  return [...new Set([...stack.naming(group), ...named])].filter((it) => !others.includes(it.type));
}

const namedById = oncePer((stack: StackIndex): ReadonlyMap<string, readonly ResourceView[]> => {
  const named = stack.resources
    .filter(({ resource }) => resource.custom)
    .flatMap((it) => [...new Set(idsIn(it.resource.inputs))].map((id) => ({ id, it })));
  const all = Map.groupBy(named, ({ id }) => id);
  return new Map([...all].map(([id, naming]) => [id, naming.map(({ it }) => it)]));
});

/** The texts in a value that have the form of a security group's id. */
function idsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return value.startsWith("sg-") ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(idsIn) : [];
}
