import * as aws from "@pulumi/aws";
import { securityGroupRulesSayWhatFor } from "../../../policies/premise-3-private-network/security-group-rules-say-what-for.ts";
import { testRule } from "../../support/rule-tester.ts";
import { served } from "../programs.ts";

const HTTPS = { fromPort: 443, toPort: 443 };
const VPC = "10.2.0.0/16";

/** A group whose one rule is a part of it. */
function group(description?: string): void {
  const rule = { ...HTTPS, protocol: "tcp", cidrBlocks: [VPC], ...(description !== undefined && { description }) };
  new aws.ec2.SecurityGroup("group", { egress: [rule] }, served());
}

/** A rule that stands beside its group. */
function beside(description?: string): void {
  const opts = served();
  const securityGroupId = new aws.ec2.SecurityGroup("group", {}, opts).id;
  const rule = { ...HTTPS, ipProtocol: "tcp", cidrIpv4: VPC, ...(description !== undefined && { description }) };
  new aws.vpc.SecurityGroupIngressRule("rule", { securityGroupId, ...rule }, opts);
}

testRule(securityGroupRulesSayWhatFor, {
  accepts: {
    "a group whose rule has a description": () => group("Private endpoints"),
    "a rule beside its group, with a description": () => beside("Private endpoints"),
  },
  rejects: {
    "a group whose rule has none": [() => group(), '"group" must say of each rule what it is for.'],
    "a rule beside its group that has none": [() => beside(), '"rule" must say of each rule what it is for.'],
    "an empty description": [() => beside(" "), '"rule" must say of each rule what it is for.'],
  },
});
