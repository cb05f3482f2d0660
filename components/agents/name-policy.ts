import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { LABEL } from "../../contracts/tags.ts";

/** Whose pods are let out, and to which hosts. */
export interface NamePolicyArgs {
  /** The name of a workload, which its pods have as a label. */
  readonly service: string;
  readonly namespace: pulumi.Input<string>;
  /** Hosts on the internet, without wildcards. */
  readonly hosts: readonly pulumi.Input<string>[];
}

/**
 * Lets the pods of one workload out to hosts on the internet, by HTTPS: EKS Auto Mode learns their addresses from the answers of the
 * cluster's DNS (Amazon EKS, "Use network policies with EKS Auto Mode"). It adds to what the namespace's other policies let pass.
 */
export function namePolicy(
  name: string,
  { service, namespace, hosts }: NamePolicyArgs,
  opts: pulumi.CustomResourceOptions,
): kubernetes.apiextensions.CustomResource {
  return new kubernetes.apiextensions.CustomResource(
    `${name}-hosts`,
    {
      apiVersion: "networking.k8s.aws/v1alpha1",
      kind: "ApplicationNetworkPolicy",
      metadata: { name: `${service}-hosts`, namespace },
      spec: {
        podSelector: { matchLabels: { [LABEL.name]: service } },
        policyTypes: ["Egress"],
        egress: [{ to: [{ domainNames: hosts }], ports: [{ protocol: "TCP", port: 443 }] }],
      },
    },
    opts,
  );
}
