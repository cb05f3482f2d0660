import { CONTROL } from "../../engine/frameworks.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { proof } from "../../engine/proof.ts";
import { clusterOf, dnsAddressOf } from "../../facts/reach/cluster.ts";
import { networkPoliciesOf, podOf } from "../../facts/reach/host.ts";
import { passes } from "../../facts/reach/network-policy.ts";
import { podsOnEks } from "./checks/agents.ts";
import { cutUnless, type HopChecks, walk } from "./checks/walk.ts";

/** EKS Auto Mode runs the cluster's DNS as a service of each node, so that a network policy opens it by its address and by no label of pods. */
export const agentsResolveNames = proof({
  premise: 2,
  id: "agents-resolve-names",
  severity: "high",
  description:
    "The pods of every agent and BFF may ask the cluster's DNS, by UDP and by TCP: without names they reach nothing.",
  remediation: "Pin `serviceIpv4Cidr` of the cluster, and let pods send to its tenth address on port 53.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration],
  prove: (platform, record) => {
    for (const agent of podsOnEks(platform)) walk(record, "agents-resolve-names", agent, checksOf(platform, agent));
  },
});

function checksOf(platform: Platform, agent: Placed): HopChecks<"agents-resolve-names"> {
  const cluster = clusterOf(platform, agent);
  const address = () => cluster && dnsAddressOf(cluster);
  const asks = (protocol: "TCP" | "UDP") => () => {
    const dns = address();
    if (dns === undefined) return undefined;
    const packet = { pod: podOf(agent), peer: { address: dns }, port: { protocol, number: 53 } };
    const passed = passes(networkPoliciesOf(platform, agent), "egress", packet);
    return cutUnless(passed, agent, `The pods of "${agent.resource.name}" must be let out to ${dns}, ${protocol} 53.`);
  };
  return {
    range: () =>
      cutUnless(
        address() !== undefined,
        cluster ?? agent,
        `"${(cluster ?? agent).resource.name}" must pin the range of its cluster's services.`,
      ),
    udp: asks("UDP"),
    tcp: asks("TCP"),
  };
}
