import type { Placed, Platform } from "../../../engine/platform.ts";
import { roleOf } from "../../../facts/reach/host.ts";
import { TYPE } from "../../../facts/resource-types.ts";
import type { Duty } from "./duty.ts";

/** The roles of a cluster in Auto Mode, and the policies of AWS that they must carry (Amazon EKS user guide, "Auto Mode cluster IAM role" and "node IAM role"). */
const ROLES = [
  {
    path: "roleArn",
    policies: [
      "AmazonEKSBlockStoragePolicy",
      "AmazonEKSClusterPolicy",
      "AmazonEKSComputePolicy",
      "AmazonEKSLoadBalancingPolicy",
      "AmazonEKSNetworkingPolicy",
    ],
    why: "Amazon EKS makes nodes, addresses and volumes",
  },
  {
    path: "computeConfig.nodeRoleArn",
    policies: ["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodeMinimalPolicy"],
    why: "nodes join the cluster and pull images",
  },
] as const;

/** What Amazon EKS does as the roles of a cluster stands in policies of AWS, which it changes as Auto Mode does. */
export function clusterDuties(platform: Platform): readonly Duty[] {
  return platform.ofType(TYPE.cluster).flatMap((it) => ofCluster(platform, it));
}

function ofCluster(platform: Platform, { resource: it }: Placed): readonly Duty[] {
  if (it.list("computeConfig")[0]?.flag("enabled") !== true) return [];
  return ROLES.flatMap(({ path, policies, why }): readonly Duty[] => {
    const role = roleOf(platform, it.text(path));
    return role === undefined ? [] : [{ role, calls: [], policies, why: `${why} of "${it.name}"` }];
  });
}
