import { CONTROL } from "../../engine/frameworks.ts";
import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { proof } from "../../engine/proof.ts";
import { clusterOf } from "../../facts/reach/cluster.ts";
import { associationOf, hostOf, networkPoliciesOf, podOf } from "../../facts/reach/host.ts";
import { passes } from "../../facts/reach/network-policy.ts";
import { allows, isFor, mayDeny } from "../../facts/reach/permission.ts";
import { endpointOf, receives } from "../../facts/reach/private-endpoint.ts";
import { statementsOf } from "../../facts/policy-document.ts";
import { podsOnEks } from "./checks/agents.ts";
import { cutUnless, type HopChecks, walk } from "./checks/walk.ts";

/** Where the EKS Pod Identity agent of each node answers (Amazon EKS, "Pod Identity"); a link-local address is not the node's own. */
const POD_IDENTITY_AGENT = { address: "169.254.170.23", port: { protocol: "TCP", number: 80 } } as const;

const SERVICE = "pods.eks.amazonaws.com";

/** Without credentials, an agent can call no AWS service at all. */
export const agentsGetCredentials = proof({
  premise: 8,
  id: "agents-get-credentials",
  severity: "high",
  description:
    "The pods of every agent and BFF reach the EKS Pod Identity agent, and get a role there that trusts them.",
  remediation: "Let pods send to 169.254.170.23 on TCP 80, and associate their service account with a role for it.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoIdentity],
  prove: (platform, record) => {
    for (const agent of podsOnEks(platform)) walk(record, "agents-get-credentials", agent, checksOf(platform, agent));
  },
});

function checksOf(platform: Platform, agent: Placed): HopChecks<"agents-get-credentials"> {
  const { name } = agent.resource;
  const { address, port } = POD_IDENTITY_AGENT;
  return {
    agent: () => {
      const packet = { pod: podOf(agent), peer: { address }, port };
      const passed = passes(networkPoliciesOf(platform, agent), "egress", packet);
      return cutUnless(passed, agent, `The pods of "${name}" must be let out to ${address}, TCP ${port.number}.`);
    },
    association: () =>
      cutUnless(
        hostOf(platform, agent).role !== undefined,
        agent,
        `The service account of "${name}" must have a role, by a pod identity association.`,
      ),
    trust: () => {
      const { role } = hostOf(platform, agent);
      if (role === undefined) return undefined;
      return cutUnless(
        isTrusting(platform, role, agent),
        role,
        `"${role.resource.name}" must trust the pods of "${name}".`,
      );
    },
    exchange: () => {
      const host = hostOf(platform, agent);
      const endpoint = endpointOf(platform, host.vpcId, "eks-auth");
      const mend = `The VPC must have a private endpoint of eks-auth with private DNS that admits the nodes.`;
      return cutUnless(endpoint !== undefined && receives(platform, endpoint, host), endpoint ?? agent, mend);
    },
  };
}

/** Whether a role lets EKS Pod Identity assume it, and tag the session, for the service account that is associated. */
function isTrusting(platform: Platform, role: Placed, agent: Placed): boolean {
  const association = associationOf(platform, agent)?.resource;
  const cluster = clusterOf(platform, agent)?.resource;
  if (association === undefined || cluster === undefined) return false;
  const clusterArn = outputOf(cluster, "arn");
  const context = {
    "aws:sourceaccount": clusterArn.split(":")[4] ?? "",
    "aws:sourcearn": clusterArn,
    "aws:requesttag/eks-cluster-arn": clusterArn,
    "aws:requesttag/eks-cluster-name": cluster.text("name") ?? "",
    "aws:requesttag/kubernetes-namespace": association.text("namespace") ?? "",
    "aws:requesttag/kubernetes-service-account": association.text("serviceAccount") ?? "",
  };
  const statements = statementsOf(role.resource, "assumeRolePolicy").filter((it) => isFor(it, SERVICE));
  return ["sts:AssumeRole", "sts:TagSession"].every((action) => {
    const call = { action, resource: "", context };
    return allows(statements, call) && !mayDeny(statements, call);
  });
}
