import type { Descriptions } from "../description.ts";
import { DOCUMENT, MEMBERSHIP, NAME, OWNER, TAGS, TEXT, WAY_OUT } from "../reasons.ts";

const SOURCES = "Who is let in is judged, on whichever port.";
const ROUTES = "No rule reads which subnets have a way to the internet.";
const ADDRESSES = "Addresses of the network itself; what they are let reach is said by security groups.";

/** Amazon VPC, which is a part of Amazon EC2. */
export const EC2: Descriptions = {
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    read: ["ingress", "region"],
    inert: { tags: TAGS, vpcId: MEMBERSHIP },
    accepts: { egress: [] },
  },
  "aws:ec2/eip:Eip": { read: ["region"], inert: { tags: TAGS }, accepts: { domain: ["vpc"] } },
  "aws:ec2/flowLog:FlowLog": {
    read: ["region", "trafficType", "vpcId"],
    inert: { maxAggregationInterval: "How soon a record is written.", tags: TAGS },
    unread: { iamRoleArn: OWNER, logDestination: "No rule says where records of flows go." },
  },
  "aws:ec2/internetGateway:InternetGateway": { read: ["region"], inert: { tags: TAGS, vpcId: MEMBERSHIP } },
  "aws:ec2/natGateway:NatGateway": {
    read: ["region"],
    inert: { allocationId: "The address that it appears under.", tags: TAGS },
    accepts: { connectivityType: ["public", "private"] },
    unread: { subnetId: ROUTES },
  },
  "aws:ec2/route:Route": {
    read: ["region"],
    unread: { destinationCidrBlock: ROUTES, gatewayId: ROUTES, natGatewayId: ROUTES, routeTableId: ROUTES },
  },
  "aws:ec2/routeTable:RouteTable": { read: ["region"], inert: { tags: TAGS, vpcId: MEMBERSHIP } },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    read: ["region"],
    unread: { routeTableId: ROUTES, subnetId: ROUTES },
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    read: [
      "ingress.cidrBlocks",
      "ingress.ipv6CidrBlocks",
      "ingress.prefixListIds",
      "ingress.securityGroups",
      "ingress.self",
      "region",
      "tags",
    ],
    inert: {
      description: TEXT,
      "egress.description": TEXT,
      "ingress.description": TEXT,
      "ingress.fromPort": SOURCES,
      "ingress.protocol": SOURCES,
      "ingress.toPort": SOURCES,
      name: NAME,
      revokeRulesOnDelete: "What happens to its rules when it is deleted.",
      vpcId: MEMBERSHIP,
    },
    unread: {
      "egress.cidrBlocks": WAY_OUT,
      "egress.fromPort": WAY_OUT,
      "egress.prefixListIds": WAY_OUT,
      "egress.protocol": WAY_OUT,
      "egress.toPort": WAY_OUT,
    },
  },
  "aws:ec2/subnet:Subnet": {
    read: ["mapPublicIpOnLaunch", "region"],
    inert: {
      availabilityZoneId: "A zone of the stack's own region.",
      cidrBlock: ADDRESSES,
      tags: TAGS,
      vpcId: MEMBERSHIP,
    },
    accepts: { assignIpv6AddressOnCreation: [false] },
  },
  "aws:ec2/vpc:Vpc": {
    read: ["region"],
    inert: {
      cidrBlock: ADDRESSES,
      enableDnsHostnames: "Names inside the network.",
      enableDnsSupport: "Names inside the network.",
      instanceTenancy: "Whether AWS keeps hardware apart, which no premise asks for.",
      tags: TAGS,
    },
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    read: ["privateDnsEnabled", "region", "serviceName", "vpcEndpointType", "vpcId"],
    inert: { tags: TAGS },
    unread: {
      policy: DOCUMENT,
      routeTableIds: ROUTES,
      securityGroupIds: "No rule says who may reach an endpoint.",
      subnetIds: ROUTES,
    },
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    read: ["region", "tags"],
    inert: { description: TEXT },
    unread: {
      fromPort: WAY_OUT,
      ipProtocol: WAY_OUT,
      referencedSecurityGroupId: WAY_OUT,
      securityGroupId: WAY_OUT,
      toPort: WAY_OUT,
    },
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    read: ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId", "region", "securityGroupId", "tags"],
    inert: { description: TEXT, fromPort: SOURCES, ipProtocol: SOURCES, toPort: SOURCES },
  },
};
