import { CONTROL } from "../../engine/frameworks.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { proof } from "../../engine/proof.ts";
import { clusterOf } from "../../facts/reach/cluster.ts";
import { podsOnEks } from "./checks/agents.ts";
import { dnsCut, dnsOf } from "./checks/pods/dns.ts";
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
  return {
    range: () =>
      cutUnless(
        dnsOf(platform, agent) !== undefined,
        cluster ?? agent,
        `"${(cluster ?? agent).resource.name}" must pin the range of its cluster's services.`,
      ),
    udp: () => dnsCut(platform, agent, "UDP"),
    tcp: () => dnsCut(platform, agent, "TCP"),
  };
}
