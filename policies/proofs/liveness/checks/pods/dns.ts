import type { Placed, Platform } from "../../../../engine/platform.ts";
import { clusterOf, dnsAddressOf } from "../../../../facts/reach/cluster.ts";
import { networkPoliciesOf, podOf } from "../../../../facts/reach/host.ts";
import { passes } from "../../../../facts/reach/network-policy.ts";
import { type Cut, cutUnless } from "../walk.ts";

/** The address of the DNS that the pods of a workload ask, where its cluster pins it. */
export function dnsOf(platform: Platform, workload: Placed): string | undefined {
  const cluster = clusterOf(platform, workload);
  return cluster && dnsAddressOf(cluster);
}

/** A cut unless the pods of a workload may ask the cluster's DNS by a protocol. */
export function dnsCut(platform: Platform, workload: Placed, protocol: "TCP" | "UDP"): Cut | undefined {
  const dns = dnsOf(platform, workload);
  if (dns === undefined) return undefined;
  const packet = { pod: podOf(workload), peer: { address: dns }, port: { protocol, number: 53 } };
  const passed = passes(networkPoliciesOf(platform, workload), "egress", packet);
  return cutUnless(
    passed,
    workload,
    `The pods of "${workload.resource.name}" must be let out to ${dns}, ${protocol} 53.`,
  );
}
