import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { TYPE } from "../resource-types.ts";
import { grantsOf } from "./documents.ts";

/** The policies of AWS that the control plane and the nodes of an EKS cluster in Auto Mode need (Amazon EKS user guide, `auto-cluster-iam-role`, `auto-create-node-role`). */
const CLUSTER_POLICIES: readonly string[] = [
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonEKSBlockStoragePolicy",
  "AmazonEKSClusterPolicy",
  "AmazonEKSComputePolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingPolicy",
  "AmazonEKSWorkerNodeMinimalPolicy",
].map((it) => `arn:aws:iam::aws:policy/${it}`);

const SERVICES = ["eks.amazonaws.com", "ec2.amazonaws.com"];

/** Whether only EKS or the nodes of a cluster may become the role. */
export function isRoleOfCluster(it: ResourceView): boolean {
  const trust = it.type === TYPE.role ? grantsOf(it, "trust") : [];
  return (
    trust.length > 0 &&
    trust.every(
      ({ isInverted, principals }) =>
        !isInverted && principals.every(({ kind, id }) => kind === "Service" && SERVICES.includes(id)),
    )
  );
}

/** Whether an attachment names only policies that EKS demands, and only roles of a cluster. */
export function attachesForCluster(it: ResourceView, input: string, stack: StackIndex): boolean {
  const arns = it.texts(input);
  const roles = stack.linked(it, "role").filter(({ type }) => type === TYPE.role);
  const areRight = arns.length > 0 && arns.every((arn) => CLUSTER_POLICIES.includes(arn));
  return areRight && roles.length === 1 && roles.every(isRoleOfCluster);
}
