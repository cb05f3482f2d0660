import type { Platform } from "../../engine/platform.ts";
import { TYPE } from "../resource-types.ts";
import { findBy } from "./find.ts";

const SUBNET = "aws:ec2/subnet:Subnet";

/** The IPv4 ranges of subnets; a subnet that is in no plan has none, so that nothing is taken to contain it. */
export function rangesOf(platform: Platform, subnetIds: readonly string[]): readonly string[] {
  return subnetIds.map((it) => findBy(platform, SUBNET, "id", it)?.resource.text("cidrBlock") ?? "unknown");
}

/** The id of the VPC that these subnets are in; `undefined` for none, or for more than one. */
export function vpcOf(platform: Platform, subnetIds: readonly string[]): string | undefined {
  const [vpc, ...others] = new Set(subnetIds.map((it) => findBy(platform, SUBNET, "id", it)?.resource.text("vpcId")));
  return others.length > 0 ? undefined : vpc;
}

/** Whether names of private endpoints resolve in a VPC: both of its DNS settings are on (Amazon VPC, "Private DNS"). */
export function resolvesPrivately(platform: Platform, vpcId: string): boolean {
  const vpc = findBy(platform, TYPE.vpc, "id", vpcId)?.resource;
  return vpc?.flag("enableDnsHostnames") === true && vpc.flag("enableDnsSupport") !== false;
}

/** The zone of a subnet; `undefined` for one of no plan. */
export function zoneOf(platform: Platform, subnetId: string | undefined): string | undefined {
  const subnet = findBy(platform, SUBNET, "id", subnetId)?.resource;
  return subnet?.text("availabilityZoneId") ?? subnet?.text("availabilityZone");
}
