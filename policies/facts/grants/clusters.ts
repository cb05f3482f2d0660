import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { TYPE } from "../resource-types.ts";
import { grantsOf } from "./documents.ts";

/** The policies of AWS that the control plane and the nodes of an EKS cluster in Auto Mode need (Amazon EKS user guide, `auto-cluster-iam-role`, `auto-create-node-role`). */
const POLICIES = [
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonEKSBlockStoragePolicy",
  "AmazonEKSClusterPolicy",
  "AmazonEKSComputePolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingPolicy",
  "AmazonEKSWorkerNodeMinimalPolicy",
].map((it) => `arn:aws:iam::aws:policy/${it}`);

const SERVICES = ["eks.amazonaws.com", "ec2.amazonaws.com"];

/** Whether a role is created by the component `eks.Cluster`, and only EKS or the nodes of a cluster may become it. */
export function isRoleOfCluster(it: ResourceView, stack: StackIndex): boolean {
  if (it.type !== TYPE.role || !stack.isInside(it, TYPE.eksCluster)) return false;
  const trust = grantsOf(it, "trust");
  return (
    trust.length > 0 &&
    trust.every(
      ({ isInverted, principals }) =>
        !isInverted && principals.every(({ kind, id }) => kind === "Service" && SERVICES.includes(id)),
    )
  );
}

/** Whether an attachment of `eks.Cluster`, or a role of it, names only policies that EKS demands. */
export function attachesForCluster(it: ResourceView, input: string, stack: StackIndex): boolean {
  const arns = it.texts(input);
  return stack.isInside(it, TYPE.eksCluster) && arns.every((arn) => POLICIES.includes(arn));
}
