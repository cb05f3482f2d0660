import { CONTROL } from "../engine/frameworks.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import { every } from "../engine/three-values.ts";
import type { Value } from "../engine/value.ts";
import { TYPE } from "../facts/resource-types.ts";

export const securityGroupRulesSayWhatFor = rule({
  premise: 3,
  id: "security-group-rules-say-what-for",
  severity: "low",
  description: "Whoever reviews a network sees of each rule of a security group what it is for.",
  remediation: "Set the `description` of the rule.",
  frameworks: [CONTROL.pciNetwork, CONTROL.isoNetwork],
  subjects: {
    types: [
      "aws:ec2/securityGroupRule:SecurityGroupRule",
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      TYPE.securityGroup,
    ],
  },
  judge: (it) =>
    every(rulesOf(it), (each) => (each.text("description") ?? "").trim() !== "")
      ? undefined
      : `"${it.name}" must say of each rule what it is for.`,
});

/** A rule, or the rules that are part of a group. */
function rulesOf(it: ResourceView): readonly Value[] {
  return it.type === TYPE.securityGroup ? [...it.list("ingress"), ...it.list("egress")] : [it];
}
