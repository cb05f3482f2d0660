import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { LABEL } from "../../contracts/tags.ts";
import { USUAL_RESOURCES } from "../../environments/capacity/agent-sizes.ts";
import type { NamespaceBounds } from "../../environments/capacity/namespace-bounds.ts";
import { networkPolicies } from "./network-policies.ts";
import { RESTRICTED_PODS } from "./restricted-pods.ts";

/** Whose namespace it is, and how much runs in it. */
export interface TenantNamespaceArgs {
  readonly tenant: string;
  readonly bounds: NamespaceBounds;
  /** Addresses of the VPC, in which the private endpoints are. */
  readonly cidr: string;
  /** Ranges of the subnets in which load balancers are, and no pods. */
  readonly balancers: readonly string[];
}

/** The part of the cluster that is one tenant's: bounded, restricted, and closed on the network but for what is listed (premise 5). */
export class TenantNamespace extends pulumi.ComponentResource {
  /** Its name, once it exists. */
  readonly namespace: pulumi.Output<string>;

  constructor(name: string, args: TenantNamespaceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:tenant:TenantNamespace", name, {}, opts);
    const { tenant, bounds, cidr, balancers } = args;
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
      pods: `${bounds.pods}`,
      "limits.cpu": `${bounds.cpus}`,
      "limits.memory": `${bounds.memoryGib}Gi`,
      "limits.ephemeral-storage": `${bounds.storageGib}Gi`,
      "services.loadbalancers": "0",
      "services.nodeports": "0",
    };
    new kubernetes.core.v1.ResourceQuota(name, { metadata: { ...metadata, name: "tenant" }, spec: { hard } }, parent);
    const { limits: usual, requests } = USUAL_RESOURCES;
    const limits = [{ type: "Container", default: usual, defaultRequest: requests, max: bounds.container }];
    new kubernetes.core.v1.LimitRange(name, { metadata: { ...metadata, name: "tenant" }, spec: { limits } }, parent);
    networkPolicies(name, { namespace: this.namespace, cidr, balancers }, parent);

    this.registerOutputs({ namespace: this.namespace });
  }
}
