import * as aws from "@pulumi/aws";
import { securityGroupsAdmitNoInternet } from "../../../policies/premise-3-private-network/security-groups-admit-no-internet.ts";
import { testRule } from "../../support/rule-tester.ts";
import { served } from "../programs.ts";

type Ingress = aws.types.input.ec2.SecurityGroupIngress;

const HTTPS = { protocol: "tcp", fromPort: 443, toPort: 443 };
const TLS = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };

/** A group with these sources; or with a rule of its own. */
function group(ingress: Partial<Ingress>[], rule?: Partial<aws.vpc.SecurityGroupIngressRuleArgs>): void {
  const opts = served();
  const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.2.0.0/16" }, opts);
  const rules = ingress.map((it) => ({ ...HTTPS, ...it }));
  const { id } = new aws.ec2.SecurityGroup("endpoints", { vpcId: vpc.id, description: "-", ingress: rules }, opts);
  if (rule === undefined) return;
  new aws.vpc.SecurityGroupIngressRule("https", { securityGroupId: id, ...TLS, ...rule }, opts);
}

function classicRule(args: Partial<aws.ec2.SecurityGroupRuleArgs>): void {
  const opts = served();
  const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.2.0.0/16" }, opts);
  const { id } = new aws.ec2.SecurityGroup("endpoints", { vpcId: vpc.id, description: "-" }, opts);
  new aws.ec2.SecurityGroupRule("https", { securityGroupId: id, type: "ingress", ...HTTPS, ...args }, opts);
}

const OUTSIDE = '"endpoints" must not admit traffic from outside private ranges.';
const RULE_OUTSIDE = '"https" must not admit traffic from outside private ranges.';

testRule(securityGroupsAdmitNoInternet, {
  accepts: {
    "a group that admits nothing": () => group([]),
    "the VPC's own range": () => group([{ cidrBlocks: ["10.2.0.0/16"] }]),
    "the group itself": () => group([{ self: true }]),
    "a rule with a private range": () => group([], { cidrIpv4: "10.2.0.0/16" }),
    "a rule that lets traffic out": () => classicRule({ type: "egress", cidrBlocks: ["0.0.0.0/0"] }),
  },
  rejects: {
    "the internet": [() => group([{ cidrBlocks: ["10.2.0.0/16"] }, { cidrBlocks: ["0.0.0.0/0"] }]), OUTSIDE],
    "the internet of version 6": [() => group([{ ipv6CidrBlocks: ["::/0"] }]), OUTSIDE],
    "half of the internet": [() => group([{ cidrBlocks: ["0.0.0.0/1"] }]), OUTSIDE],
    "a range that only begins in private": [() => group([{ cidrBlocks: ["10.0.0.0/7"] }]), OUTSIDE],
    "a group without a source": [() => group([{}]), '"endpoints" must name the source of the traffic that it admits.'],
    "a rule for the internet": [() => group([], { cidrIpv4: "0.0.0.0/0" }), RULE_OUTSIDE],
    "a rule without a source": [() => group([], {}), '"https" must name the source of the traffic that it admits.'],
    "a classic rule for the internet": [() => classicRule({ cidrBlocks: ["0.0.0.0/0"] }), RULE_OUTSIDE],
  },
});
