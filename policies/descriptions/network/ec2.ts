import type { Descriptions } from "../description.ts";
import { MEMBERSHIP, NAME, TAGS, TEXT } from "../reasons.ts";

/** Amazon VPC, which is a part of Amazon EC2. */
export const EC2: Descriptions = {
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    read: ["ingress", "region"],
    inert: { tags: TAGS, vpcId: MEMBERSHIP },
    accepts: { egress: [] },
  },
  "aws:ec2/eip:Eip": { read: ["region"], inert: { tags: TAGS }, accepts: { domain: ["vpc"] } },
  "aws:ec2/flowLog:FlowLog": {
    read: ["iamRoleArn", "logDestination", "logFormat", "region", "trafficType", "vpcId"],
    inert: { maxAggregationInterval: "How soon a record is written.", tags: TAGS },
    needs: ["iamRoleArn"],
  },
  "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": {
    read: ["httpTokens", "region"],
    inert: { httpPutResponseHopLimit: "A default that each instance can set for itself." },
  },
  "aws:ec2/internetGateway:InternetGateway": { read: ["region"], inert: { tags: TAGS, vpcId: MEMBERSHIP } },
  "aws:ec2/natGateway:NatGateway": {
    read: ["allocationId", "region", "subnetId"],
    inert: { tags: TAGS },
    accepts: { connectivityType: ["public", "private"] },
  },
  "aws:ec2/route:Route": {
    read: ["destinationCidrBlock", "gatewayId", "natGatewayId", "region", "routeTableId", "transitGatewayId"],
  },
  "aws:ec2/routeTable:RouteTable": { read: ["region"], inert: { tags: TAGS, vpcId: MEMBERSHIP } },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    read: ["region", "routeTableId", "subnetId"],
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    read: [
      "egress.cidrBlocks",
      "egress.description",
      "egress.fromPort",
      "egress.prefixListIds",
      "egress.protocol",
      "egress.securityGroups",
      "egress.toPort",
      "ingress.cidrBlocks",
      "ingress.description",
      "ingress.fromPort",
      "ingress.ipv6CidrBlocks",
      "ingress.prefixListIds",
      "ingress.securityGroups",
      "ingress.self",
      "ingress.toPort",
      "region",
      "tags",
    ],
    inert: {
      description: TEXT,
      name: NAME,
      revokeRulesOnDelete: "What happens to its rules when it is deleted.",
      vpcId: MEMBERSHIP,
    },
    accepts: { "ingress.protocol": ["tcp"] },
  },
  "aws:ec2/subnet:Subnet": {
    read: ["availabilityZoneId", "cidrBlock", "mapPublicIpOnLaunch", "region", "vpcId"],
    inert: { tags: TAGS },
    accepts: { assignIpv6AddressOnCreation: [false] },
  },
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": {
    read: ["region", "subnetIds", "transitGatewayId", "vpcId"],
    inert: { tags: TAGS },
    accepts: {
      applianceModeSupport: ["disable"],
      dnsSupport: ["enable"],
      ipv6Support: ["disable"],
      securityGroupReferencingSupport: ["disable"],
    },
  },
  "aws:ec2/vpc:Vpc": {
    read: ["cidrBlock", "enableDnsHostnames", "enableDnsSupport", "region"],
    inert: {
      instanceTenancy: "Whether AWS keeps hardware apart, which no premise asks for.",
      tags: TAGS,
    },
  },
  "aws:ec2/vpcEncryptionControl:VpcEncryptionControl": { read: ["mode", "region", "vpcId"], inert: { tags: TAGS } },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    read: [
      "policy",
      "privateDnsEnabled",
      "region",
      "routeTableIds",
      "securityGroupIds",
      "serviceName",
      "subnetIds",
      "vpcEndpointType",
      "vpcId",
    ],
    inert: { tags: TAGS },
    needs: ["vpcEndpointType"],
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    read: [
      "description",
      "fromPort",
      "ipProtocol",
      "referencedSecurityGroupId",
      "region",
      "securityGroupId",
      "tags",
      "toPort",
    ],
    needs: ["referencedSecurityGroupId"],
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    read: [
      "cidrIpv4",
      "cidrIpv6",
      "description",
      "fromPort",
      "prefixListId",
      "referencedSecurityGroupId",
      "region",
      "securityGroupId",
      "tags",
      "toPort",
    ],
    accepts: { ipProtocol: ["tcp"] },
    needs: ["fromPort", "ipProtocol", "toPort"],
  },
};
