import { lookupInAll } from "../../engine/lookup.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { TYPE } from "../resource-types.ts";
import { addressAt } from "../../../contracts/network/address-range.ts";

/** The one EKS cluster of the region that a stack is in; `undefined` for none, or for more than one. */
export function clusterOf(platform: Platform, { stack }: Pick<Placed, "stack">): Placed | undefined {
  const { address } = stack;
  if (address.layer === "environment") return undefined;
  const [cluster, ...others] = clustersByRegion(platform).all(address.region);
  return others.length > 0 ? undefined : cluster;
}

const clustersByRegion = lookupInAll([TYPE.cluster], ({ resource }) => resource.region);

/** The address of a cluster's DNS: the tenth of the range of its services (Amazon EKS), where the program pins it. */
export function dnsAddressOf({ resource }: Placed): string | undefined {
  const range = resource.list("kubernetesNetworkConfig")[0]?.text("serviceIpv4Cidr");
  return range === undefined ? undefined : addressAt(range, 10);
}
