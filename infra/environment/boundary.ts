import type * as aws from "@pulumi/aws";
import { permissionsBoundary } from "../../components/identity/permissions-boundary.ts";
import type { Feature } from "../feature.ts";
import type { EnvironmentContext } from "./context.ts";

/** The most that any role of the environment may do. */
export interface EnvironmentBoundary extends Feature {
  readonly boundary: aws.iam.Policy;
}

/** Declares the permissions boundary of the environment's roles. */
export function environmentBoundary({ address, provider }: EnvironmentContext): EnvironmentBoundary {
  const { name, account } = address.environment;
  const boundary = permissionsBoundary("boundary", { environment: name, account }, { provider });
  return { boundary, resources: [boundary] };
}
