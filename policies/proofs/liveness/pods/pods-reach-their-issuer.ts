import { CONTROL } from "../../../engine/frameworks.ts";
import type { Placed, Platform } from "../../../engine/platform.ts";
import { proof } from "../../../engine/proof.ts";
import { domainHost, poolHost, poolOf, signsIn } from "../../../facts/identity/user-pools.ts";
import { publicNamesOf } from "../../../facts/network/public-names.ts";
import { clusterOf } from "../../../facts/reach/cluster.ts";
import { hostOf, networkPoliciesOf, podOf } from "../../../facts/reach/host.ts";
import { passes } from "../../../facts/reach/network-policy.ts";
import { letHttpsOut } from "../../../facts/reach/nodes.ts";
import { endpointOf } from "../../../facts/reach/private-endpoint.ts";
import { leadsToInternet, natBehind, routeTableOf } from "../../../facts/reach/routes.ts";
import { podsOnEks } from "../checks/agents.ts";
import { dnsCut } from "../checks/pods/dns.ts";
import { type Cut, cutUnless, type HopChecks, walk } from "../checks/walk.ts";

type Checks = HopChecks<"pods-reach-their-issuer">;

const HTTPS = { protocol: "TCP", number: 443 } as const;

/** Without the keys of its tenant's pool a workload can believe no token, and without the pool's domain nobody can sign in. */
export const podsReachTheirIssuer = proof({
  premise: 4,
  id: "pods-reach-their-issuer",
  severity: "high",
  description:
    "The pods of every agent and BFF reach the hosts of their tenant's user pool: for the keys of tokens, and where people sign in for the exchange of codes.",
  remediation:
    "Let the pods out by name to the hosts of the pool, and keep the private endpoint of cognito-idp away from pools with a domain.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration],
  prove: (platform, record) => {
    for (const pod of podsOnEks(platform))
      record.guarded(pod, () => {
        walk(record, "pods-reach-their-issuer", pod, { ...nameChecks(platform, pod), ...wayChecks(platform, pod) });
      });
  },
});

/** Which hosts it needs, and whether network policies let its pods out to them. */
function nameChecks(platform: Platform, workload: Placed): Pick<Checks, "pool" | "domain" | "names" | "send"> {
  const { resource, stack } = workload;
  const pool = poolOf(resource, stack);
  const { name } = resource;
  return {
    pool: () => cutUnless(pool !== undefined, workload, `"${name}" must believe a user pool of its stack.`),
    domain: () => {
      if (pool === undefined || !signsIn(resource, stack)) return undefined;
      const mend = `"${pool.name}" must have a domain, at which "${name}" exchanges codes.`;
      return cutUnless(domainHost(pool, stack) !== undefined, { resource: pool, stack }, mend);
    },
    names: () => dnsCut(platform, workload, "UDP") ?? dnsCut(platform, workload, "TCP"),
    send: () => {
      const policies = networkPoliciesOf(platform, workload);
      const refused = publicNamesOf(resource, stack).find(
        (host) => !passes(policies, "egress", { pod: podOf(workload), peer: { name: host }, port: HTTPS }),
      );
      return cutUnless(
        refused === undefined,
        workload,
        `The pods of "${name}" must be let out to ${refused ?? ""} on TCP 443, by name.`,
      );
    },
  };
}

/** Whether what leaves the pods comes to the internet. */
function wayChecks(platform: Platform, workload: Placed): Pick<Checks, "known" | "group" | "route" | "public"> {
  const cluster = clusterOf(platform, workload);
  const { name } = workload.resource;
  return {
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
    public: () => takenName(platform, workload),
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

/** Whether a private endpoint answers for the pool's host: it refuses every pool with a domain (Amazon Cognito, "interface VPC endpoints"). */
function takenName(platform: Platform, workload: Placed): Cut | undefined {
  const { resource, stack } = workload;
  const pool = poolOf(resource, stack);
  if (pool === undefined || domainHost(pool, stack) === undefined) return undefined;
  const taken = endpointOf(platform, hostOf(platform, workload).vpcId, "cognito-idp");
  if (taken?.resource.flag("privateDnsEnabled") !== true) return undefined;
  const mend = `"${taken.resource.name}" must not answer for ${poolHost(pool)}: it refuses "${pool.name}", which has a domain.`;
  return { at: taken, mend };
}
