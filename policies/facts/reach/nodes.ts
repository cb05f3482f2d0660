import { outputsOf } from "../reference.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { NODE_CLASS } from "../network/dedicated-nodes.ts";
import { podPathOf } from "../workloads.ts";
import { clusterOf } from "./cluster.ts";
import { admits } from "./security-group.ts";

const NODE_POOL = "kubernetes:karpenter.sh/v1:NodePool";

/** The class of nodes that EKS Auto Mode has by itself: its nodes are in the cluster's own security group. */
const BUILT_IN = "default";

/** Where HTTPS goes that leaves the network. */
const INTERNET = { end: { ranges: ["0.0.0.0/0"], groupIds: [] }, port: 443 } as const;

/**
 * Whether the security groups of the nodes on which a workload's pods run, which are those of the pods, let HTTPS out to the internet
 * (Amazon EKS, "Create a Node Class"). The group that Amazon EKS makes for a cluster lets everything out.
 */
export function letHttpsOut(platform: Platform, workload: Placed): boolean {
  const { stack } = workload;
  const inCluster = (type: string) => platform.ofType(type).filter((it) => it.stack.region === stack.region);
  const pod = podPathOf(workload.resource);
  const poolName = workload.resource.text(`${pod}.nodeSelector`, "karpenter.sh/nodepool");
  const pool = inCluster(NODE_POOL).find(({ resource }) => resource.text("metadata.name") === poolName);
  const className = pool?.resource.text("spec.template.spec.nodeClassRef.name");
  if (className === undefined) return false;
  const nodes = inCluster(NODE_CLASS).find(({ resource }) => resource.text("metadata.name") === className);
  if (nodes === undefined) return className === BUILT_IN;
  const own = clusterGroupOf(platform, workload);
  const groups = nodes.resource.list("spec.securityGroupSelectorTerms").map((it) => it.text("id") ?? "");
  return groups.some((it) => it === own || admits(platform, [it], "egress", INTERNET));
}

/** The security group that Amazon EKS makes for a cluster. */
function clusterGroupOf(platform: Platform, workload: Placed): string | undefined {
  const cluster = clusterOf(platform, workload);
  return cluster && outputsOf(cluster.resource).text("vpcConfig.clusterSecurityGroupId");
}
