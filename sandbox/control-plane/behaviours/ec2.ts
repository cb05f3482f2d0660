import { ZONE_IDS } from "../../../environments/residency.ts";
import { type Behaviours, type Draft, arn, hex, text } from "./behaviour.ts";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const TABLE = "aws:ec2/routeTable:RouteTable";

/** Amazon EC2 networking: ids are a prefix and 17 hex digits. */
export const EC2: Behaviours = {
  [VPC]: {
    id: prefixed("vpc"),
    defaults: () => ({ instanceTenancy: "default", enableDnsSupport: true }),
    outputs: (it) => ({
      arn: arn("ec2", it, `vpc/${it.id}`),
      ownerId: it.account,
      mainRouteTableId: `rtb-${hex(it, 17, "main")}`,
      defaultRouteTableId: `rtb-${hex(it, 17, "main")}`,
      defaultSecurityGroupId: `sg-${hex(it, 17, "default")}`,
      defaultNetworkAclId: `acl-${hex(it, 17, "default")}`,
      dhcpOptionsId: `dopt-${hex(it, 17)}`,
    }),
  },
  [SUBNET]: {
    id: prefixed("subnet"),
    defaults: () => ({ mapPublicIpOnLaunch: false, assignIpv6AddressOnCreation: false }),
    outputs: (it) => ({ arn: arn("ec2", it, `subnet/${it.id}`), ownerId: it.account, availabilityZone: zoneName(it) }),
    references: { vpcId: VPC },
  },
  "aws:ec2/internetGateway:InternetGateway": {
    id: prefixed("igw"),
    outputs: (it) => ({ arn: arn("ec2", it, `internet-gateway/${it.id}`), ownerId: it.account }),
    references: { vpcId: VPC },
  },
  "aws:ec2/eip:Eip": {
    id: prefixed("eipalloc"),
    outputs: (it) => ({
      arn: arn("ec2", it, `elastic-ip/${it.id}`),
      allocationId: it.id,
      publicIp: `203.0.113.${Number.parseInt(hex(it, 2), 16)}`,
    }),
  },
  "aws:ec2/natGateway:NatGateway": {
    id: prefixed("nat"),
    outputs: (it) => ({
      networkInterfaceId: `eni-${hex(it, 17)}`,
      privateIp: `10.0.0.${Number.parseInt(hex(it, 2), 16)}`,
    }),
    references: { subnetId: SUBNET, allocationId: "aws:ec2/eip:Eip" },
    replaces: ["subnetId", "allocationId"],
  },
  [TABLE]: {
    id: prefixed("rtb"),
    outputs: (it) => ({ arn: arn("ec2", it, `route-table/${it.id}`), ownerId: it.account }),
    references: { vpcId: VPC },
  },
  "aws:ec2/route:Route": {
    id: (it) => `r-${text(it, "routeTableId")}${hex(it, 10)}`,
    outputs: () => ({ state: "active", origin: "CreateRoute" }),
    references: { routeTableId: TABLE },
    replaces: ["routeTableId", "destinationCidrBlock"],
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    id: prefixed("rtbassoc"),
    references: { subnetId: SUBNET, routeTableId: TABLE },
    replaces: ["subnetId"],
  },
  "aws:ec2/flowLog:FlowLog": {
    id: prefixed("fl"),
    outputs: (it) => ({ arn: arn("ec2", it, `vpc-flow-log/${it.id}`) }),
    references: { vpcId: VPC },
  },
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": {
    id: prefixed("tgw-attach"),
    defaults: () => ({ dnsSupport: "enable", ipv6Support: "disable", applianceModeSupport: "disable" }),
    outputs: (it) => ({ arn: arn("ec2", it, `transit-gateway-attachment/${it.id}`), vpcOwnerId: it.account }),
    references: { vpcId: VPC },
    replaces: ["vpcId", "transitGatewayId"],
  },
  "aws:ec2/vpcEncryptionControl:VpcEncryptionControl": {
    id: prefixed("vpcec"),
    outputs: () => ({ state: "available" }),
    references: { vpcId: VPC },
    replaces: ["vpcId"],
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    id: prefixed("vpce"),
    defaults: () => ({ vpcEndpointType: "Gateway" }),
    outputs: (it) => ({
      arn: arn("ec2", it, `vpc-endpoint/${it.id}`),
      ownerId: it.account,
      state: "available",
      requesterManaged: false,
      ...(it.inputs["vpcEndpointType"] === "Interface"
        ? { dnsEntries: [{ dnsName: endpointName(it), hostedZoneId: "Z0" }] }
        : { prefixListId: `pl-${hex(it, 17)}` }),
    }),
    references: { vpcId: VPC },
    replaces: ["vpcId", "serviceName", "vpcEndpointType"],
  },
};

/** The name of an interface endpoint in its region; that of Amazon S3 has a wildcard for its buckets (AWS PrivateLink). */
function endpointName(it: Draft & { readonly id: string }): string {
  const [region = "", ...service] = text(it, "serviceName").split(".").slice(2);
  const host = `${it.id}-${hex(it, 8)}.${service.toReversed().join(".")}.${region}.vpce.amazonaws.com`;
  return service[0] === "s3" ? `*.${host}` : host;
}

/** An id that is a prefix and 17 hex digits. */
export function prefixed(prefix: string): (draft: Draft) => string {
  return (it) => `${prefix}-${hex(it, 17)}`;
}

function zoneName({ region, inputs }: Draft): unknown {
  const zones: Readonly<Record<string, readonly string[]>> = ZONE_IDS;
  const index = zones[region]?.indexOf(String(inputs["availabilityZoneId"])) ?? -1;
  return index < 0 ? inputs["availabilityZone"] : `${region}${"abc"[index] ?? ""}`;
}
