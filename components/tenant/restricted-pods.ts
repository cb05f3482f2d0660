/** The labels of a namespace by which Kubernetes refuses pods beyond the Pod Security Standard `restricted`. */
export const RESTRICTED_PODS = {
  "pod-security.kubernetes.io/enforce": "restricted",
  "pod-security.kubernetes.io/enforce-version": "latest",
} as const;
