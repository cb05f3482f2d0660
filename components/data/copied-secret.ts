import type * as pulumi from "@pulumi/pulumi";
import type { DataKey } from "../encryption/data-key.ts";

/** Inputs of a secret: its key, and its copy in the standby of the key under the replica (AWS Secrets Manager, "Replicate secrets across Regions"). */
export function underKey({ arn, standby }: DataKey): {
  readonly kmsKeyId: pulumi.Input<string>;
  readonly replicas?: { readonly region: string; readonly kmsKeyId: pulumi.Input<string> }[];
} {
  if (standby === undefined) return { kmsKeyId: arn };
  return { kmsKeyId: arn, replicas: [{ region: standby.region, kmsKeyId: standby.arn }] };
}
