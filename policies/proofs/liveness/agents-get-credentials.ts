import { CONTROL } from "../../engine/frameworks.ts";
import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { proof } from "../../engine/proof.ts";
import { clusterOf } from "../../facts/reach/cluster.ts";
import { associationOf, hostOf } from "../../facts/reach/host.ts";
import { allows, isFor, mayDeny } from "../../facts/reach/permission.ts";
import { statementsOf } from "../../facts/policy-document.ts";
import { podsOnEks } from "./checks/agents.ts";
import { credentialsCut, exchangeCut } from "./checks/pods/pod-credentials.ts";
import { cutUnless, type HopChecks, walk } from "./checks/walk.ts";

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
  return {
    agent: () => credentialsCut(platform, agent),
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
    exchange: () => exchangeCut(platform, agent),
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
