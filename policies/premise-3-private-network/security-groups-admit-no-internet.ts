import { CONTROL } from "../engine/frameworks.ts";
import { isPrivateRange } from "../facts/network/ip-range.ts";
import { isInternetFacing, LOAD_BALANCERS, takesRequests } from "../facts/network/load-balancers.ts";
import { byOutput, namersOf, referenceOf, referred } from "../facts/reference.ts";
import { TYPE } from "../facts/resource-types.ts";
import { attachedTo, GROUPS, PREFIX_LISTS, RANGES, RULE_TYPE, type Source } from "../facts/network/security-groups.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { every, some } from "../engine/three-values.ts";
import type { Value } from "../engine/value.ts";

const PREFIX_LIST = "aws:ec2/managedPrefixList:ManagedPrefixList";
const PREFIX_LIST_ENTRY = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry";
/** HTTP is sent to HTTPS, as another rule demands of these load balancers. */
const PORTS: readonly (number | undefined)[] = [80, 443];

export const securityGroupsAdmitNoInternet = rule({
  premise: 3,
  id: "security-groups-admit-no-internet",
  severity: "critical",
  description:
    "No security group lets traffic in from addresses that are not private, except HTTP and HTTPS to a load balancer that faces the internet.",
  remediation: "Name a security group, a private range, or a prefix list of the same stack with private ranges alone.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoNetwork, CONTROL.pciNetwork],
  subjects: {
    types: [TYPE.securityGroup, TYPE.defaultSecurityGroup, RULE_TYPE.any, RULE_TYPE.ingress],
    where: (it) => it.type !== RULE_TYPE.any || it.text("type") !== "egress",
  },
  judge: [
    (it, stack) =>
      every(sourcesOf(it), (source) => isPrivate(source, stack) || isEdge(source, stack))
        ? undefined
        : `"${it.name}" must not admit traffic from outside private ranges.`,
    (it) =>
      every(sourcesOf(it), ({ value }) => namesSource(value))
        ? undefined
        : `"${it.name}" must name the source of the traffic that it admits.`,
  ],
});

function sourcesOf(of: ResourceView): readonly Source[] {
  const isRule = of.type === RULE_TYPE.any || of.type === RULE_TYPE.ingress;
  return isRule ? [{ value: of, of }] : of.list("ingress").map((value) => ({ value, of }));
}

function isPrivate({ value, of }: Source, stack: StackIndex): boolean {
  return (
    every(RANGES, (path) => every(value.list(path), (range) => isPrivateRange(range.text() ?? ""))) &&
    every(PREFIX_LISTS, (path) =>
      every(value.list(path), (id) => {
        const named = { of, input: value === of ? path : "ingress", read: () => id.text() };
        const list = referred(named, byOutput(PREFIX_LIST, "id"), stack);
        return list !== undefined && every(entriesOf(list, stack), (entry) => isPrivateRange(entry.text("cidr") ?? ""));
      }),
    )
  );
}

function entriesOf(list: ResourceView, stack: StackIndex): readonly Value[] {
  const added = namersOf(list, { types: [PREFIX_LIST_ENTRY], input: "prefixListId" }, ["id"], stack);
  return [...list.list("entries"), ...added];
}

/** Whether a source is admitted to HTTP or HTTPS alone, by a group that only load balancers on the internet are in; another rule guards these. */
function isEdge({ value, of }: Source, stack: StackIndex): boolean {
  const from = value.number("fromPort");
  if (!PORTS.includes(from) || value.number("toPort") !== from) return false;
  if ((value.text("protocol") ?? value.text("ipProtocol")) !== "tcp") return false;
  const group =
    of.type === TYPE.securityGroup
      ? of
      : referred(referenceOf(of, "securityGroupId"), byOutput(TYPE.securityGroup, "id"), stack);
  const attached = group === undefined ? [] : attachedTo(group, stack);
  return attached.length > 0 && every(attached, isEdgeBalancer);
}

function isEdgeBalancer(it: ResourceView): boolean {
  return LOAD_BALANCERS.includes(it.type) && isInternetFacing(it) && takesRequests(it);
}

function namesSource(source: Value): boolean {
  const inputs = [...RANGES, ...PREFIX_LISTS, ...GROUPS];
  return source.flag("self") === true || some(inputs, (input) => source.list(input).length > 0);
}
