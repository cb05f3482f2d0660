import { TAG } from "../../contracts/tags.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { every } from "../engine/three-values.ts";
import type { Value } from "../engine/value.ts";

const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

/** Inputs by which a rule admits addresses, or sources that cannot be looked up. */
const ADDRESSES = [
  "cidrBlocks",
  "cidrIpv4",
  "cidrIpv6",
  "ipv6CidrBlocks",
  "prefixListId",
  "prefixListIds",
  "self",
] as const;

/** Inputs by which a rule names the groups that it admits. */
const GROUPS = ["referencedSecurityGroupId", "securityGroups", "sourceSecurityGroupId"];

/** A source of traffic, with the resource and the inputs that name it. */
interface Source {
  readonly value: Value;
  readonly of: ResourceView;
  readonly inputs: readonly string[];
}

export const databasesAdmitOnlyTheirServer = rule({
  premise: 3,
  id: "databases-admit-only-their-server",
  severity: "critical",
  description: "A database is reached from the workloads of its own service, by security group, and from no address.",
  remediation:
    "Admit a security group that is attached only to workloads with the database's own service tag, and no range of addresses.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoSegregation, CONTROL.pciNetwork],
  subjects: { types: [TYPE.database] },
  judge: [
    (it) =>
      it.list("vpcSecurityGroupIds").length > 0 ? undefined : `"${it.name}" must name the security groups it is in.`,
    (it, stack) =>
      every(sourcesOf(it, stack), ({ value }) => ADDRESSES.every((input) => !value.has(input)))
        ? undefined
        : `"${it.name}" must admit security groups only, and no addresses.`,
    (it, stack) =>
      every(admitted(it, stack), (group) =>
        every(attachedTo(group, stack), (workload) => areOfOneService(it, workload)),
      )
        ? undefined
        : `"${it.name}" must admit only workloads of its own service.`,
  ],
});

/** Every source that the security groups of a database admit. */
function sourcesOf(database: ResourceView, stack: StackIndex): readonly Source[] {
  const groups = stack.linked(database, "vpcSecurityGroupIds").filter(({ type }) => type === TYPE.securityGroup);
  return groups.flatMap((group) => [
    ...group.list("ingress").map((value) => ({ value, of: group, inputs: ["ingress"] })),
    ...stack.referrers(group, INGRESS_RULE, "securityGroupId").map((value) => ({ value, of: value, inputs: GROUPS })),
    ...stack
      .referrers(group, RULE, "securityGroupId")
      .filter((value) => value.text("type") !== "egress")
      .map((value) => ({ value, of: value, inputs: GROUPS })),
  ]);
}

/** The security groups that are admitted. */
function admitted(database: ResourceView, stack: StackIndex): readonly ResourceView[] {
  return sourcesOf(database, stack)
    .flatMap(({ of, inputs }) => inputs.flatMap((input) => stack.linked(of, input)))
    .filter(({ type }) => type === TYPE.securityGroup);
}

/** What the group is attached to: every resource that names it, except rules of groups and other groups. */
function attachedTo(group: ResourceView, stack: StackIndex): readonly ResourceView[] {
  const rules: readonly string[] = [RULE, INGRESS_RULE, EGRESS_RULE, TYPE.securityGroup];
  return stack.naming(group).filter((it) => !rules.includes(it.type));
}

function areOfOneService(database: ResourceView, workload: ResourceView): boolean {
  const service = database.tag(TAG.service);
  return service !== undefined && workload.tag(TAG.service) === service;
}
