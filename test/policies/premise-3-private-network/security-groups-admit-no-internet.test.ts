import * as aws from "@pulumi/aws";
import { securityGroupsAdmitNoInternet } from "../../../policies/premise-3-private-network/security-groups-admit-no-internet.ts";
import { testRule } from "../../support/rule-tester.ts";
import type { Plan } from "../../../plan/model.ts";
import { planOf, served, urnOf } from "../programs.ts";

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

const EDGE = '"edge" must not admit traffic from outside private ranges.';

/** A group that admits the ranges of a list. */
function groupOfList(ranges: readonly string[], added?: string): Plan {
  const type = "aws:ec2/managedPrefixList:ManagedPrefixList";
  const entries = ranges.map((cidr) => ({ cidr }));
  return planOf(
    { type, name: "list", inputs: { entries }, outputs: { id: "pl-1" } },
    ...(added === undefined
      ? []
      : [
          {
            type: "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry",
            name: "entry",
            inputs: { prefixListId: "pl-1", cidr: added },
          },
        ]),
    {
      type: "aws:ec2/securityGroup:SecurityGroup",
      name: "endpoints",
      inputs: { ingress: [{ ...HTTPS, prefixListIds: ["pl-1"] }] },
      propertyDependencies: { ingress: [urnOf(type, "list")] },
    },
  );
}

interface Edge {
  readonly ingress?: Record<string, unknown>;
  readonly balancer?: Record<string, unknown>;
  /** Groups of a runtime. */
  readonly runtime?: readonly string[];
}

/** A load balancer on the internet, and a group for it that admits everybody. */
function edge({ ingress = {}, balancer = {}, runtime = ["sg-runtime"] }: Edge = {}): Plan {
  return planOf(
    {
      type: "aws:ec2/securityGroup:SecurityGroup",
      name: "edge",
      inputs: { ingress: [{ ...HTTPS, cidrBlocks: ["0.0.0.0/0"], ...ingress }] },
      outputs: { id: "sg-edge" },
    },
    {
      type: "aws:lb/loadBalancer:LoadBalancer",
      name: "balancer",
      inputs: { internal: false, loadBalancerType: "application", securityGroups: ["sg-edge"], ...balancer },
    },
    {
      type: "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
      name: "database",
      inputs: { networkConfiguration: { networkModeConfig: { securityGroups: runtime } } },
    },
  );
}

testRule(securityGroupsAdmitNoInternet, {
  accepts: {
    "a list of private ranges": groupOfList(["10.2.0.0/16"]),
    "HTTPS from everywhere to a load balancer that faces the internet": edge(),
    "HTTP from everywhere to a load balancer, which sends it to HTTPS": edge({ ingress: { fromPort: 80, toPort: 80 } }),
    "HTTPS from CloudFront to a load balancer that faces the internet": edge({
      ingress: { cidrBlocks: [], prefixListIds: ["pl-cloudfront"] },
    }),
    "a group that admits nothing": () => group([]),
    "the VPC's own range": () => group([{ cidrBlocks: ["10.2.0.0/16"] }]),
    "the group itself": () => group([{ self: true }]),
    "a rule with a private range": () => group([], { cidrIpv4: "10.2.0.0/16" }),
    "a rule that lets traffic out": () => classicRule({ type: "egress", cidrBlocks: ["0.0.0.0/0"] }),
  },
  rejects: {
    "a list with a range of the internet": [groupOfList(["10.2.0.0/16", "0.0.0.0/0"]), OUTSIDE],
    "a list to which a range of the internet is added": [groupOfList(["10.2.0.0/16"], "0.0.0.0/0"), OUTSIDE],
    "a list that is none of the stack's": [() => group([{ prefixListIds: ["pl-0123456789abcdef0"] }]), OUTSIDE],
    "HTTPS from everywhere to an internal load balancer": [edge({ balancer: { internal: true } }), EDGE],
    "another port from everywhere to a load balancer": [edge({ ingress: { fromPort: 5432, toPort: 5432 } }), EDGE],
    "ports from HTTP to HTTPS from everywhere to a load balancer": [edge({ ingress: { fromPort: 80 } }), EDGE],
    "HTTPS from everywhere to a load balancer of connections": [
      edge({ balancer: { loadBalancerType: "network" } }),
      EDGE,
    ],
    "HTTPS from everywhere to a runtime beside a load balancer": [edge({ runtime: ["sg-edge"] }), EDGE],
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
