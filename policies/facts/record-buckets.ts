import type { ResourceView } from "../engine/resource-view.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { some } from "../engine/three-values.ts";
import { namersOf, type Naming } from "./reference.ts";
import { TYPE } from "./resource-types.ts";

/** What AWS's services write records of, and where each names the bucket. */
const WRITERS: readonly Naming[] = [
  { types: [TYPE.loadBalancer], input: "accessLogs", path: "accessLogs.bucket" },
  { types: ["aws:cloudtrail/trail:Trail"], input: "s3BucketName" },
  { types: ["aws:cfg/deliveryChannel:DeliveryChannel"], input: "s3BucketName" },
];

/** Whether a bucket holds records that AWS's services write, and nothing of a tenant. */
export function isOfRecords(bucket: ResourceView, stack: StackIndex): boolean {
  return some(WRITERS, (writer) => namersOf(bucket, writer, ["bucket"], stack).length > 0);
}
