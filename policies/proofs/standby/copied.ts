import { type Region, standbyOf } from "../../../environments/residency.ts";
import type { Placed } from "../../engine/platform.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { TYPE } from "../../facts/resource-types.ts";

/** Something that a region keeps, the region that must have it, too, and what does not come there, if anything. */
export interface Copied {
  readonly what: string;
  readonly at: Placed;
  readonly standby: Region;
  /** What must be true, as a sentence that names the resource; read when it is asked for. */
  readonly missing: () => string | undefined;
}

/** The type of resources by which Amazon S3 copies a bucket. */
export const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";

/** The other region of the set of a stack's region; `undefined` for a set of one region, and for an environment's own stack. */
export function standbyIn(stack: StackIndex): Region | undefined {
  return stack.region === undefined ? undefined : standbyOf(stack.region as Region);
}

/** Whether a key of AWS KMS is, in the region, what a key of the stack is here: its replica. An absent key opens nothing there. */
export function isReplicaOf(
  copyKey: string | undefined,
  key: string | undefined,
  it: Pick<Copied, "at" | "standby">,
): boolean {
  return it.at.stack
    .ofType(TYPE.replicaKey)
    .some(
      (replica) =>
        replica.resource.outputs?.["arn"] === copyKey &&
        replica.region === it.standby &&
        replica.text("primaryKeyArn") === key &&
        replica.flag("enabled") !== false,
    );
}
