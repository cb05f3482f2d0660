import type { Placed, Platform } from "../../../../engine/platform.ts";
import { clusterOf } from "../../../../facts/reach/cluster.ts";
import { networkPoliciesOf, podOf } from "../../../../facts/reach/host.ts";
import { passes } from "../../../../facts/reach/network-policy.ts";
import { letHttpsOut } from "../../../../facts/reach/nodes.ts";
import { leadsToInternet, natBehind, routeTableOf } from "../../../../facts/reach/routes.ts";
import { type Cut, cutUnless, type HopCheck } from "../walk.ts";
import { dnsCut } from "./dns.ts";

type Way = Readonly<Record<"group" | "known" | "names" | "route" | "send", HopCheck>>;

const HTTPS = { protocol: "TCP", number: 443 } as const;

/** The checks that the pods of a workload reach hosts on the internet by HTTPS, which network policies let through by name. */
export function namedWay(platform: Platform, workload: Placed, hosts: () => readonly string[]): Way {
  const cluster = clusterOf(platform, workload);
  const { name } = workload.resource;
  return {
    names: () => dnsCut(platform, workload, "UDP") ?? dnsCut(platform, workload, "TCP"),
    send: () => {
      const policies = networkPoliciesOf(platform, workload);
      const refused = hosts().find(
        (host) => !passes(policies, "egress", { pod: podOf(workload), peer: { name: host }, port: HTTPS }),
      );
      const mend = `The pods of "${name}" must be let out to ${refused ?? ""} on TCP 443, by name.`;
      return cutUnless(refused === undefined, workload, mend);
    },
    known: () =>
      cutUnless(
        cluster?.resource.flag("computeConfig.enabled") === true,
        cluster ?? workload,
        `"${(cluster ?? workload).resource.name}" must be in Auto Mode, by which "${name}" is let out by name.`,
      ),
    group: () =>
      cutUnless(
        letHttpsOut(platform, workload),
        workload,
        `The nodes of "${name}" must let HTTPS out to the internet.`,
      ),
    route: () => cluster && blockedSubnet(platform, cluster),
  };
}

function blockedSubnet(platform: Platform, cluster: Placed): Cut | undefined {
  const blocked = cluster.resource.texts("vpcConfig.subnetIds").find((id) => {
    const nat = natBehind(platform, routeTableOf(platform, id));
    return nat === undefined || !leadsToInternet(platform, nat);
  });
  const mend = `The subnet ${blocked ?? ""} of "${cluster.resource.name}" must have a route to the internet by a NAT gateway.`;
  return cutUnless(blocked === undefined, cluster, mend);
}
