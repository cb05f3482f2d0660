import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { KEYCLOAK_SERVICE } from "../../contracts/keycloak.ts";
import type { Feature } from "../feature.ts";
import type { RegionCluster } from "./cluster.ts";

/** Where in the cluster Keycloak is. */
export interface IdentityNamespace extends Feature {
  readonly name: pulumi.Output<string>;
}

/** Declares the namespace of the region's Keycloak. */
export function identityNamespace({ provider }: RegionCluster): IdentityNamespace {
  const labels = {
    "pod-security.kubernetes.io/enforce": "restricted",
    "pod-security.kubernetes.io/enforce-version": "latest",
  };
  const namespace = new kubernetes.core.v1.Namespace(
    "keycloak",
    { metadata: { name: KEYCLOAK_SERVICE.namespace, labels } },
    { provider },
  );
  return { name: namespace.metadata.name, resources: [namespace] };
}
