import { CONTROL } from "../../../engine/frameworks.ts";
import type { Placed, Platform } from "../../../engine/platform.ts";
import { proof } from "../../../engine/proof.ts";
import { firewallPasses } from "../../../facts/network/name-firewall.ts";
import { neededNames } from "../../../facts/network/needed-names.ts";
import { type Host, hostOf } from "../../../facts/reach/host.ts";
import { resolvesPrivately } from "../../../facts/reach/subnets.ts";
import { TYPE } from "../../../facts/resource-types.ts";
import { cutUnless, type HopChecks, walk } from "../checks/walk.ts";

/** A list of allowed names cuts whatever it forgets: a name that is missing there is no name at all. */
export const hostsAskForNames = proof({
  premise: 3,
  id: "hosts-ask-for-names",
  severity: "high",
  description:
    "Every pod, runtime and function in a VPC may ask for the names that it needs: of private endpoints, of its node, and of each host that it is told of.",
  remediation: "Put the name on the list that the VPC's DNS firewall allows, before the rule that blocks all others.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration],
  prove: (platform, record) => {
    for (const placed of platform.ofType(TYPE.deployment, TYPE.statefulSet, TYPE.runtime, TYPE.function))
      record.guarded(placed, () => {
        const host = hostOf(platform, placed);
        if (host.vpcId !== undefined) walk(record, "hosts-ask-for-names", placed, checksOf(platform, host, placed));
      });
  },
});

function checksOf(platform: Platform, host: Host, placed: Placed): HopChecks<"hosts-ask-for-names"> {
  const { vpcId = "" } = host;
  const { name } = placed.resource;
  return {
    resolver: () =>
      cutUnless(
        resolvesPrivately(platform, vpcId),
        placed,
        `The VPC of "${name}" must resolve names, private ones too.`,
      ),
    allowed: () => {
      const refused = neededNames(platform, host).find((it) => !firewallPasses(platform, vpcId, it));
      return cutUnless(refused === undefined, placed, `The VPC of "${name}" must let it ask for "${refused ?? ""}".`);
    },
  };
}
