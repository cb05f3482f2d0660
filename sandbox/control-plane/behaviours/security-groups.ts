import { type Behaviour, type Behaviours, arn, hex } from "./behaviour.ts";
import { prefixed } from "./ec2.ts";

const VPC = "aws:ec2/vpc:Vpc";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";

/** Security groups of Amazon EC2 and their rules. */
export const SECURITY_GROUPS: Behaviours = {
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    id: prefixed("sg"),
    outputs: (it) => ({ arn: arn("ec2", it, `security-group/${it.id}`), ownerId: it.account, name: "default" }),
    references: { vpcId: VPC },
  },
  [GROUP]: {
    autoname: "name",
    id: prefixed("sg"),
    defaults: () => ({ description: "Managed by Pulumi", revokeRulesOnDelete: false }),
    outputs: (it) => ({ arn: arn("ec2", it, `security-group/${it.id}`), ownerId: it.account }),
    references: { vpcId: VPC },
    replaces: ["name", "description", "vpcId"],
  },
  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    id: prefixed("sgrule"),
    outputs: (it) => ({ securityGroupRuleId: `sgr-${hex(it, 17)}` }),
    references: { securityGroupId: GROUP },
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": rule(),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": rule(),
};

/** A rule of any group, also of one that the cloud made: ids of groups are known for themselves. */
function rule(): Behaviour {
  return {
    id: prefixed("sgr"),
    outputs: (it) => ({ arn: arn("ec2", it, `security-group-rule/${it.id}`), securityGroupRuleId: it.id }),
    replaces: ["securityGroupId"],
  };
}
