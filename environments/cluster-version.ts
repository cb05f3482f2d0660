import type { Day } from "../contracts/day.ts";

/** The version of Kubernetes that clusters run, and the last day on which Amazon EKS supports it without a surcharge. */
export const CLUSTER_VERSION: { readonly version: string; readonly supportedUntil: Day; readonly source: string } = {
  version: "1.35",
  supportedUntil: "2027-03-27",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html",
};
