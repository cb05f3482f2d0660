import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { findBy } from "../../facts/reach/find.ts";
import { leadsToInternet } from "../../facts/reach/routes.ts";
import { admits } from "../../facts/reach/security-group.ts";
import { zoneOf } from "../../facts/reach/subnets.ts";
import { TYPE } from "../../facts/resource-types.ts";
import type { Fit } from "./fit.ts";

const NAT = "aws:ec2/natGateway:NatGateway";
const ROUTE = "aws:ec2/route:Route";
const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";

/** What is in several zones is in each of them once; a zone that is lost takes no other with it. */
export function zoneFits(platform: Platform): readonly Fit[] {
  const spread = [
    ...platform.ofType(TYPE.loadBalancer).map((at) => ({ at, input: "subnets" })),
    ...platform.ofType(TYPE.vpcEndpoint).map((at) => ({ at, input: "subnetIds" })),
  ].map(({ at, input }): Fit => ({
    at,
    isFit: () => isOnceInEach(platform, at.resource.texts(input)),
    mend: `"${at.resource.name}" must be in one subnet of each zone.`,
  }));
  const routes = platform
    .ofType(ROUTE)
    .filter(({ resource }) => resource.has("natGatewayId"))
    .map((at): Fit => ({
      at,
      isFit: () => staysInZone(platform, at),
      mend: `"${at.resource.name}" must lead to the NAT gateway of the zone of its subnets.`,
    }));
  const endpoints = platform
    .ofType(TYPE.vpcEndpoint)
    .filter(({ resource }) => resource.text("vpcEndpointType") === "Interface")
    .map((at): Fit => ({
      at,
      isFit: () => admitsSomebody(platform, at),
      mend: `"${at.resource.name}" must admit HTTPS from its VPC, or from a security group.`,
    }));
  return [...spread, ...routes, ...gatewayFits(platform), ...endpoints];
}

/** A NAT gateway leads out of the network: by an address of the internet, and the route of its own subnet. */
function gatewayFits(platform: Platform): readonly Fit[] {
  return platform
    .ofType(NAT)
    .filter(({ resource }) => resource.text("connectivityType") !== "private")
    .flatMap((at): readonly Fit[] => [
      {
        at,
        isFit: () => at.resource.has("allocationId"),
        mend: `"${at.resource.name}" must have an address of the internet.`,
      },
      {
        at,
        isFit: () => leadsToInternet(platform, at),
        mend: `"${at.resource.name}" must be in a subnet whose route leads to an internet gateway.`,
      },
    ]);
}

function admitsSomebody(platform: Platform, { resource }: Placed): boolean {
  const own = resource.texts("securityGroupIds");
  const vpc = findBy(platform, TYPE.vpc, "id", resource.text("vpcId"))?.resource;
  const groupIds = platform.ofType(TYPE.securityGroup).map((it) => outputOf(it.resource, "id"));
  const ends = [
    { ranges: [vpc?.text("cidrBlock") ?? "unknown"], groupIds: [] },
    ...groupIds.map((it) => ({ ranges: [], groupIds: [it] })),
  ];
  return ends.some((end) => admits(platform, own, "ingress", { end, port: 443 }));
}

/** Subnets of no plan are of zones that nobody knows. */
function isOnceInEach(platform: Platform, subnetIds: readonly string[]): boolean {
  const zones = subnetIds.map((it) => zoneOf(platform, it) ?? it);
  return new Set(zones).size === zones.length;
}

/** Whether the subnets of a route's table are in the zone of the gateway, where there is a gateway in their zone. */
function staysInZone(platform: Platform, { resource: route, stack }: Placed): boolean {
  const zoneOfGateway = (it: Placed | undefined): string | undefined => zoneOf(platform, it?.resource.text("subnetId"));
  const own = zoneOfGateway(findBy(platform, NAT, "id", route.text("natGatewayId")));
  const gateways = platform.ofType(NAT).filter((it) => it.stack === stack);
  const others = new Set(gateways.map(zoneOfGateway));
  return stack
    .ofType(ASSOCIATION)
    .filter((it) => it.text("routeTableId") === route.text("routeTableId"))
    .every((it) => {
      const zone = zoneOf(platform, it.text("subnetId"));
      return zone === own || !others.has(zone);
    });
}
