import type * as aws from "@pulumi/aws";
import pulumi from "@pulumi/pulumi";

/** The configuration by which Kubernetes clients reach a cluster with a token of the AWS CLI. */
export function kubeconfigOf(cluster: aws.eks.Cluster): pulumi.Output<unknown> {
  return pulumi
    .all([cluster.endpoint, cluster.certificateAuthority, cluster.name])
    .apply(([server, authority, name]) => ({
      apiVersion: "v1",
      clusters: [{ cluster: { server, "certificate-authority-data": authority.data }, name: "kubernetes" }],
      contexts: [{ context: { cluster: "kubernetes", user: "aws" }, name: "aws" }],
      "current-context": "aws",
      kind: "Config",
      users: [
        {
          name: "aws",
          user: {
            exec: {
              apiVersion: "client.authentication.k8s.io/v1beta1",
              command: "aws",
              args: ["eks", "get-token", "--cluster-name", name],
              env: [{ name: "KUBERNETES_EXEC_INFO", value: '{"apiVersion": "client.authentication.k8s.io/v1beta1"}' }],
            },
          },
        },
      ],
    }));
}
