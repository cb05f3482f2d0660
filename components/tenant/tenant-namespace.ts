import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { LABEL } from "../../contracts/tags.ts";
import { networkPolicies } from "./network-policies.ts";
import { RESTRICTED_PODS } from "./restricted-pods.ts";

/** Whose namespace it is, and how much runs in it. */
export interface TenantNamespaceArgs {
  readonly tenant: string;
  /** The most pods that may run at once; each may use `POD_LIMITS`. */
  readonly maxPods: number;
  /** Addresses of the VPC, in which the private endpoints are. */
  readonly cidr: string;
  /** Ranges of the subnets in which load balancers are, and no pods. */
  readonly balancers: readonly string[];
}

/** What one container may use; more is refused. Its log and its temporary files count as ephemeral storage of the node. */
export const POD_LIMITS = { cpu: "1", memory: "1Gi", "ephemeral-storage": "1Gi" } as const;

/** What one container asks for, and gets if it asks for nothing. */
export const POD_REQUESTS = { cpu: "250m", memory: "512Mi", "ephemeral-storage": "512Mi" } as const;

/** The part of the cluster that is one tenant's: bounded, restricted, and closed on the network but for what is listed (premise 5). */
export class TenantNamespace extends pulumi.ComponentResource {
  /** Its name, once it exists. */
  readonly namespace: pulumi.Output<string>;

  constructor(name: string, args: TenantNamespaceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:tenant:TenantNamespace", name, {}, opts);
    const { tenant, maxPods, cidr, balancers } = args;
    const parent = { parent: this };

    const namespace = new kubernetes.core.v1.Namespace(
      name,
      {
        metadata: {
          name: tenant,
          labels: {
            [LABEL.tenant]: tenant,
            ...RESTRICTED_PODS,
          },
        },
      },
      parent,
    );
    this.namespace = namespace.metadata.name;
    const metadata = { namespace: this.namespace };
    const hard = {
      pods: `${maxPods}`,
      "limits.cpu": `${maxPods}`,
      "limits.memory": `${maxPods}Gi`,
      "limits.ephemeral-storage": `${maxPods}Gi`,
      "services.loadbalancers": "0",
      "services.nodeports": "0",
    };
    new kubernetes.core.v1.ResourceQuota(name, { metadata: { ...metadata, name: "tenant" }, spec: { hard } }, parent);
    const limits = [{ type: "Container", default: POD_LIMITS, defaultRequest: POD_REQUESTS, max: POD_LIMITS }];
    new kubernetes.core.v1.LimitRange(name, { metadata: { ...metadata, name: "tenant" }, spec: { limits } }, parent);
    networkPolicies(name, { namespace: this.namespace, cidr, balancers }, parent);

    this.registerOutputs({ namespace: this.namespace });
  }
}
