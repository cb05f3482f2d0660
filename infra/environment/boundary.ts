import type * as aws from "@pulumi/aws";
import { clusterBoundary } from "../../components/identity/cluster-boundary.ts";
import { permissionsBoundary } from "../../components/identity/permissions-boundary.ts";
import type { Feature } from "../feature.ts";
import type { EnvironmentContext } from "./context.ts";

/** The most that any role of the environment may do. */
export interface EnvironmentBoundary extends Feature {
  readonly boundary: aws.iam.Policy;
  /** Of the roles of clusters and their nodes, which do other things than all others. */
  readonly clusters: aws.iam.Policy;
}

/** Declares the permissions boundaries of the environment's roles. */
export function environmentBoundary({ address, provider }: EnvironmentContext): EnvironmentBoundary {
  const { name, account } = address.environment;
  const boundary = permissionsBoundary("boundary", { environment: name, account }, { provider });
  const clusters = clusterBoundary("cluster-boundary", { environment: name, account }, { provider });
  return { boundary, clusters, resources: [boundary, clusters] };
}
