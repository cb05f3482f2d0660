import * as aws from "@pulumi/aws";
import { statementsIn } from "../proofs/edits.ts";
import { ACCOUNT, type SensibleChange } from "./sensible-change.ts";

const VPC = ["aws:ec2/vpc:Vpc", "vpc", "id"] as const;
const SUBNET = "aws:ec2/subnet:Subnet";

/** What is done to the network. */
export const NETWORK: Readonly<Record<string, SensibleChange>> = {
  "a subnet of private addresses is added": {
    stack: "region",
    adds: (it) => {
      const subnet = new aws.ec2.Subnet(
        "batch",
        {
          vpcId: it.value(...VPC),
          cidrBlock: "10.32.200.0/24",
          availabilityZoneId: "euw1-az1",
          mapPublicIpOnLaunch: false,
          tags: { Name: "batch" },
        },
        it.aws,
      );
      const routeTableId = it.value("aws:ec2/routeTable:RouteTable", "vpc-euw1-az1-private", "id");
      new aws.ec2.RouteTableAssociation("batch", { subnetId: subnet.id, routeTableId }, it.aws);
    },
  },
  "the VPC has an endpoint of one more service": {
    stack: "region",
    adds: (it) =>
      new aws.ec2.VpcEndpoint(
        "endpoints-events",
        {
          vpcId: it.value(...VPC),
          serviceName: "com.amazonaws.eu-west-1.events",
          vpcEndpointType: "Interface",
          privateDnsEnabled: true,
          subnetIds: ["vpc-euw1-az1-private", "vpc-euw1-az2-private"].map((name) => it.value(SUBNET, name, "id")),
          securityGroupIds: [it.value("aws:ec2/securityGroup:SecurityGroup", "endpoints", "id")],
          policy: it.value("aws:ec2/vpcEndpoint:VpcEndpoint", "endpoints-kms", "policy"),
        },
        it.aws,
      ),
  },
  "an endpoint lets fewer actions through": {
    stack: "region",
    edits: [
      {
        type: "aws:ec2/vpcEndpoint:VpcEndpoint",
        name: "endpoints-kms",
        change: statementsIn("policy", (all) => [
          ...all,
          {
            Effect: "Deny",
            Principal: "*",
            Action: "kms:ScheduleKeyDeletion",
            Resource: "*",
            Condition: { StringEquals: { "aws:PrincipalAccount": ACCOUNT } },
          },
        ]),
      },
    ],
  },
  "a second security group lets less out": {
    stack: "tenant",
    adds: (it) =>
      new aws.ec2.SecurityGroup(
        "narrow",
        {
          description: "HTTPS to the private endpoints",
          vpcId: it.value(...VPC),
          egress: [
            {
              description: "HTTPS to the private endpoints",
              protocol: "tcp",
              fromPort: 443,
              toPort: 443,
              securityGroups: [it.value("aws:ec2/securityGroup:SecurityGroup", "endpoints", "id")],
            },
          ],
        },
        it.aws,
      ),
  },
  "consumers reach a BFF by a public load balancer, with TLS 1.3 and a web ACL": {
    stack: "tenant",
    adds: (it) => {
      const vpcId = it.value(...VPC);
      const group = new aws.ec2.SecurityGroup(
        "bff",
        {
          description: "HTTPS of consumers",
          vpcId,
          ingress: [{ description: "HTTPS", protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
          egress: [
            {
              description: "HTTPS to the pods",
              protocol: "tcp",
              fromPort: 8443,
              toPort: 8443,
              cidrBlocks: [it.value("aws:ec2/vpc:Vpc", "vpc", "cidrBlock")],
            },
          ],
        },
        it.aws,
      );
      const balancer = new aws.lb.LoadBalancer(
        "bff",
        {
          internal: false,
          loadBalancerType: "application",
          securityGroups: [group.id],
          subnets: ["vpc-euw1-az1-public", "vpc-euw1-az2-public"].map((name) => it.value(SUBNET, name, "id")),
          dropInvalidHeaderFields: true,
        },
        it.aws,
      );
      const target = { port: 8443, protocol: "HTTPS", targetType: "ip", vpcId };
      const targets = new aws.lb.TargetGroup("bff", target, it.aws);
      new aws.lb.Listener(
        "bff",
        {
          loadBalancerArn: balancer.arn,
          port: 443,
          protocol: "HTTPS",
          sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
          certificateArn: `arn:aws:acm:eu-west-1:111111111111:certificate/00000000-0000-0000-0000-000000000000`,
          defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
        },
        it.aws,
      );
      const visibilityConfig = { cloudwatchMetricsEnabled: true, metricName: "bff", sampledRequestsEnabled: false };
      const acl = new aws.wafv2.WebAcl(
        "bff",
        { scope: "REGIONAL", defaultAction: { allow: {} }, rules: [commonRules(visibilityConfig)], visibilityConfig },
        it.aws,
      );
      new aws.wafv2.WebAclAssociation("bff", { resourceArn: balancer.arn, webAclArn: acl.arn }, it.aws);
    },
  },
};

function commonRules(
  visibilityConfig: aws.types.input.wafv2.WebAclRuleVisibilityConfig,
): aws.types.input.wafv2.WebAclRule {
  return {
    name: "common",
    priority: 1,
    overrideAction: { none: {} },
    statement: { managedRuleGroupStatement: { name: "AWSManagedRulesCommonRuleSet", vendorName: "AWS" } },
    visibilityConfig,
  };
}
