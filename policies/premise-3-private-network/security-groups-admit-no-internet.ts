import { CONTROL } from "../engine/frameworks.ts";
import { isPrivateRange } from "../facts/ip-range.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import { every, some } from "../engine/three-values.ts";
import type { Value } from "../engine/value.ts";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

const RANGES = ["cidrBlocks", "ipv6CidrBlocks", "cidrIpv4", "cidrIpv6"];
const OTHER_SOURCES = [
  "securityGroups",
  "sourceSecurityGroupId",
  "referencedSecurityGroupId",
  "prefixListIds",
  "prefixListId",
];

export const securityGroupsAdmitNoInternet = rule({
  premise: 3,
  id: "security-groups-admit-no-internet",
  severity: "critical",
  description: "No security group lets traffic in from addresses that are not private.",
  remediation: "Name a security group, a prefix list or a private range as the source.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoNetwork, CONTROL.pciNetwork],
  subjects: {
    types: [GROUP, TYPE.defaultSecurityGroup, RULE, INGRESS_RULE],
    where: (it) => it.type !== RULE || it.text("type") !== "egress",
  },
  judge: [
    (it) =>
      every(sourcesOf(it), (source) => every(rangesOf(source), (range) => isPrivateRange(range.text() ?? "")))
        ? undefined
        : `"${it.name}" must not admit traffic from outside private ranges.`,
    (it) =>
      every(sourcesOf(it), namesSource)
        ? undefined
        : `"${it.name}" must name the source of the traffic that it admits.`,
  ],
});

function sourcesOf(it: ResourceView): readonly Value[] {
  return it.type === RULE || it.type === INGRESS_RULE ? [it] : it.list("ingress");
}

function rangesOf(source: Value): readonly Value[] {
  return RANGES.flatMap((input) => (source.has(input) ? source.list(input) : []));
}

function namesSource(source: Value): boolean {
  if (some(RANGES, (input) => source.list(input).length > 0)) return true;
  return source.flag("self") === true || some(OTHER_SOURCES, (input) => source.list(input).length > 0);
}
