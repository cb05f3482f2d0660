import { CONTROL } from "../../../engine/frameworks.ts";
import { proof } from "../../../engine/proof.ts";
import { webhookHostsOf } from "../../../facts/network/public-names.ts";
import { allBffs } from "../checks/agents.ts";
import { namedWay } from "../checks/pods/named-way.ts";
import { walk } from "../checks/walk.ts";

/** Where a webhook may go is data: what the BFF itself refuses at the moment of connecting comes on top. */
export const webhooksReachTheirHosts = proof({
  premise: 3,
  id: "webhooks-reach-their-hosts",
  severity: "high",
  description: "The pods of a tenant's BFF for partners reach each host to which the tenant lets webhooks be sent.",
  remediation: "Let the pods out by name to each of the tenant's `webhookHosts`.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration],
  prove: (platform, record) => {
    for (const bff of allBffs(platform))
      record.guarded(bff, () => {
        const hosts = webhookHostsOf(bff.resource, bff.stack);
        if (hosts.length > 0)
          walk(
            record,
            "webhooks-reach-their-hosts",
            bff,
            namedWay(platform, bff, () => hosts),
          );
      });
  },
});
