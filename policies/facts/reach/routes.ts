import { contains } from "../../../contracts/network/address-range.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { lookupInAll } from "../../engine/lookup.ts";
import { findBy } from "./find.ts";

const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const ROUTE = "aws:ec2/route:Route";
const NAT = "aws:ec2/natGateway:NatGateway";
const EVERYWHERE = "0.0.0.0/0";

/** The id of the route table that a subnet is associated with; the VPC's main one, which has no route out, is none. */
export function routeTableOf(platform: Platform, subnetId: string | undefined): string | undefined {
  if (subnetId === undefined) return undefined;
  return associations(platform).find(subnetId)[0]?.resource.text("routeTableId");
}

const associations = lookupInAll([ASSOCIATION], ({ resource }) => resource.text("subnetId"));

/** The NAT gateway to which everything else goes that leaves by a route table. */
export function natBehind(platform: Platform, tableId: string | undefined): Placed | undefined {
  return findBy(platform, NAT, "id", defaultRoute(platform, tableId)?.resource.text("natGatewayId"));
}

/** Whether a NAT gateway is in a subnet with a route to an internet gateway. */
export function leadsToInternet(platform: Platform, nat: Placed): boolean {
  const table = routeTableOf(platform, nat.resource.text("subnetId"));
  return defaultRoute(platform, table)?.resource.text("gatewayId")?.startsWith("igw-") === true;
}

function defaultRoute(platform: Platform, tableId: string | undefined): Placed | undefined {
  if (tableId === undefined) return undefined;
  return routes(platform)
    .find(tableId)
    .find(({ resource: it }) => it.text("destinationCidrBlock") === EVERYWHERE);
}

/** The route of a table by which an address is reached: the narrowest range that holds it. */
export function routeTo(platform: Platform, tableId: string | undefined, address: string): Placed | undefined {
  if (tableId === undefined) return undefined;
  const bits = ({ resource }: Placed): number => Number(resource.text("destinationCidrBlock")?.split("/")[1] ?? 0);
  return routes(platform)
    .find(tableId)
    .filter(({ resource }) => contains(resource.text("destinationCidrBlock") ?? "", address))
    .toSorted((one, other) => bits(other) - bits(one))[0];
}

const routes = lookupInAll([ROUTE], ({ resource }) => resource.text("routeTableId"));
