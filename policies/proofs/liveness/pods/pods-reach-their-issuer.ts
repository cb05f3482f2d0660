import { CONTROL } from "../../../engine/frameworks.ts";
import type { Placed, Platform } from "../../../engine/platform.ts";
import { proof } from "../../../engine/proof.ts";
import { domainHost, poolHost, poolOf, signsIn } from "../../../facts/identity/user-pools.ts";
import { poolNamesOf } from "../../../facts/network/public-names.ts";
import { hostOf } from "../../../facts/reach/host.ts";
import { endpointOf } from "../../../facts/reach/private-endpoint.ts";
import { podsOnEks } from "../checks/agents.ts";
import { namedWay } from "../checks/pods/named-way.ts";
import { type Cut, cutUnless, type HopChecks, walk } from "../checks/walk.ts";

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
        walk(record, "pods-reach-their-issuer", pod, checksOf(platform, pod));
      });
  },
});

function checksOf(platform: Platform, workload: Placed): HopChecks<"pods-reach-their-issuer"> {
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
    public: () => takenName(platform, workload),
    ...namedWay(platform, workload, () => poolNamesOf(resource, stack)),
  };
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
