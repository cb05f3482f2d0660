import { CONTROL } from "../../../engine/frameworks.ts";
import { proof } from "../../../engine/proof.ts";
import { proveReach } from "../checks/reach-a-tool.ts";

/** What a partner is promised is no hop of, but all of them together. */
export const partnersReachATool = proof({
  premise: 2,
  id: "partners-reach-a-tool",
  severity: "high",
  description:
    "Partners reach a tool: by name and load balancer the BFF of their tenant, and from there its agents, which call the gateway.",
  remediation: "Let each hop of the path through, from the name of the host to the gateway's targets.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration],
  prove: (platform, record) => {
    proveReach(platform, record, { path: "partners-reach-a-tool", scenario: "b2b" });
  },
});
