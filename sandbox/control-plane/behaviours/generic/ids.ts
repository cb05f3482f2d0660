import type { ResourceSpec } from "../../catalogue/spec.ts";
import { type Draft, alphanumeric, hex, text, uuid } from "../behaviour.ts";

/** The prefixes of ids that AWS makes of a prefix and 17 hex digits, by the type's own name. */
const PREFIXES: Readonly<Record<string, string>> = {
  "aws:ec2/ami:Ami": "ami",
  "aws:ec2/customerGateway:CustomerGateway": "cgw",
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": "acl",
  "aws:ec2/defaultRouteTable:DefaultRouteTable": "rtb",
  "aws:ec2/defaultSubnet:DefaultSubnet": "subnet",
  "aws:ec2/defaultVpc:DefaultVpc": "vpc",
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": "eigw",
  "aws:ec2/instance:Instance": "i",
  "aws:ec2/launchTemplate:LaunchTemplate": "lt",
  "aws:ec2/managedPrefixList:ManagedPrefixList": "pl",
  "aws:ec2/networkAcl:NetworkAcl": "acl",
  "aws:ec2/networkInterface:NetworkInterface": "eni",
  "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": "dopt",
  "aws:ec2/vpcEndpointService:VpcEndpointService": "vpce-svc",
  "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": "pcx",
  "aws:ec2/vpnConnection:VpnConnection": "vpn",
  "aws:ec2/vpnGateway:VpnGateway": "vgw",
  "aws:ec2transitgateway/transitGateway:TransitGateway": "tgw",
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": "tgw-attach",
  "aws:ebs/snapshot:Snapshot": "snap",
  "aws:ebs/volume:Volume": "vol",
  "aws:efs/accessPoint:AccessPoint": "fsap",
  "aws:efs/fileSystem:FileSystem": "fs",
  "aws:efs/mountTarget:MountTarget": "fsmt",
};

/** The inputs that tell resources of a type apart: those of CloudFormation's identifier, or none where AWS gives the id. */
export function identityOf({ identity = [], inputs }: ResourceSpec): readonly string[] {
  return identity.every((it) => inputs[it]?.type === "string") ? identity : [];
}

/** The id of a resource within its account and region: its name, where that tells it apart, else a number of its own. */
export function shortId(spec: ResourceSpec, draft: Draft): string {
  const named = identityOf(spec).map((it) => text(draft, it));
  if (named.length > 0 && named.every((it) => it !== "")) return named.join("/");
  if (!spec.token.startsWith("aws:")) return uuid(draft);
  const prefix = PREFIXES[spec.token];
  return prefix === undefined ? alphanumeric(draft, 20) : `${prefix}-${hex(draft, 17)}`;
}
