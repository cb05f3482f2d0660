import { CONTROL } from "../../../engine/frameworks.ts";
import { proof } from "../../../engine/proof.ts";
import { proveReach } from "../checks/reach-a-tool.ts";

/** What a consumer is promised is no hop of, but all of them together. */
export const consumersReachATool = proof({
  premise: 2,
  id: "consumers-reach-a-tool",
  severity: "high",
  description:
    "Consumers reach a tool: by name and load balancer the BFF of their tenant, and from there its agents, which call the gateway.",
  remediation: "Let each hop of the path through, from the name of the host to the gateway's targets.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration],
  prove: (platform, record) => {
    proveReach(platform, record, { path: "consumers-reach-a-tool", scenario: "b2c" });
  },
});
