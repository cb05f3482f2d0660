import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import { statementsIn } from "../proofs/edits.ts";
import { ACCOUNT, type SensibleChange, TENANT } from "./sensible-change.ts";

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
  "a BFF stands behind the region's public load balancer, which has TLS 1.3 and a web ACL": {
    stack: "tenant",
    adds: (it) => {
      const health = { path: "/ping", port: "8080", protocol: "HTTP", matcher: "200" };
      const targets = new aws.lb.TargetGroup(
        "bff",
        { port: 8080, protocol: "HTTP", targetType: "ip", vpcId: it.value(...VPC), healthCheck: health },
        it.aws,
      );
      new aws.lb.ListenerRule(
        "bff",
        {
          listenerArn: it.value("aws:lb/listener:Listener", "edge-https", "arn"),
          priority: 20,
          conditions: [
            { hostHeader: { values: [`${TENANT}.b2b.eu.staging.agents.example.com`] } },
            { pathPattern: { values: ["/v2/*"] } },
          ],
          actions: [{ type: "forward", targetGroupArn: targets.arn }],
        },
        it.aws,
      );
      new kubernetes.apiextensions.CustomResource(
        "bff",
        {
          apiVersion: "eks.amazonaws.com/v1",
          kind: "TargetGroupBinding",
          metadata: { name: "bff", namespace: TENANT },
          spec: { serviceRef: { name: "bff-b2b", port: 8080 }, targetGroupARN: targets.arn, targetType: "ip" },
        },
        it.kubernetes,
      );
    },
  },
};
