import type { Placed, Platform } from "../../../../engine/platform.ts";
import { hostOf, networkPoliciesOf, podOf } from "../../../../facts/reach/host.ts";
import { passes } from "../../../../facts/reach/network-policy.ts";
import { endpointOf, receives } from "../../../../facts/reach/private-endpoint.ts";
import { type Cut, cutUnless } from "../walk.ts";

/** Where the EKS Pod Identity agent of each node answers (Amazon EKS, "Pod Identity"); a link-local address is not the node's own. */
const POD_IDENTITY_AGENT = { address: "169.254.170.23", port: { protocol: "TCP", number: 80 } } as const;

/** A cut unless the pods of a workload may ask the EKS Pod Identity agent of their node. */
export function credentialsCut(platform: Platform, workload: Placed): Cut | undefined {
  const { address, port } = POD_IDENTITY_AGENT;
  const packet = { pod: podOf(workload), peer: { address }, port };
  const passed = passes(networkPoliciesOf(platform, workload), "egress", packet);
  const mend = `The pods of "${workload.resource.name}" must be let out to ${address}, TCP ${port.number}.`;
  return cutUnless(passed, workload, mend);
}

/** A cut unless the agent of the nodes gets credentials from EKS, by a private endpoint. */
export function exchangeCut(platform: Platform, workload: Placed): Cut | undefined {
  const host = hostOf(platform, workload);
  const endpoint = endpointOf(platform, host.vpcId, "eks-auth");
  const mend = `The VPC must have a private endpoint of eks-auth with private DNS that admits the nodes.`;
  return cutUnless(endpoint !== undefined && receives(platform, endpoint, host), endpoint ?? workload, mend);
}
