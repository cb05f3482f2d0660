import { FlowLogs } from "../../components/network/flow-logs.ts";
import { NameFirewall } from "../../components/network/name-firewall.ts";
import { PrivateEndpoints } from "../../components/network/private-endpoints.ts";
import { QueryLogs } from "../../components/network/query-logs.ts";
import { TransitAttachment } from "../../components/network/transit-attachment.ts";
import { Vpc } from "../../components/network/vpc.ts";
import { transitWaysOf } from "../../environments/networks/transit-ways.ts";
import { ZONE_IDS } from "../../environments/residency.ts";
import type { PrivateNetwork } from "../../components/place.ts";
import type { Feature } from "../feature.ts";
import { allowedNames } from "./allowed-names.ts";
import type { RegionContext } from "./context.ts";
import type { RegionKey } from "./key.ts";

/** The network that the region's tenants share. */
export interface RegionNetwork extends Feature {
  readonly vpc: Vpc;
  readonly endpoints: PrivateEndpoints;
  /** Where workloads run. */
  readonly privateNetwork: PrivateNetwork;
}

/** Declares the region's VPC, its flow logs, the record of its names and which of them are allowed, and its private endpoints. */
export function regionNetwork({ address, place, opts }: RegionContext, { dataKey }: RegionKey): RegionNetwork {
  const { cidr } = address.settings;
  const vpc = new Vpc("vpc", { cidr, zoneIds: ZONE_IDS[address.region] }, opts);
  const flowLogs = new FlowLogs("flow-logs", { place, vpcId: vpc.id, kmsKeyArn: dataKey.arn }, opts);
  const queryLogs = new QueryLogs("names", { vpcId: vpc.id, kmsKeyArn: dataKey.arn }, opts);
  const firewall = new NameFirewall("name-firewall", { vpcId: vpc.id, allowed: allowedNames(address) }, opts);
  const endpoints = new PrivateEndpoints(
    "endpoints",
    { place, cidr, vpcId: vpc.id, subnetIds: vpc.privateSubnetIds, routeTableIds: vpc.privateRouteTableIds },
    opts,
  );
  const transit = transitOf(address, vpc, opts);
  const { s3PrefixListId } = endpoints;
  const privateNetwork = { vpcId: vpc.id, cidr, subnetIds: vpc.privateSubnetIds, s3PrefixListId };
  return { vpc, endpoints, privateNetwork, resources: [vpc, flowLogs, queryLogs, firewall, endpoints, ...transit] };
}

/** The way to networks of the company, where the data names one. */
function transitOf(
  { environment, region }: RegionContext["address"],
  vpc: Vpc,
  opts: RegionContext["opts"],
): readonly TransitAttachment[] {
  const ways = transitWaysOf(environment, region);
  return ways === undefined ? [] : [new TransitAttachment("transit", { vpc, ...ways }, opts)];
}
