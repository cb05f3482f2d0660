import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { every } from "../../engine/three-values.ts";
import type { Value } from "../../engine/value.ts";
import { isGoverned } from "../../facts/geography.ts";
import { byOutput, referred } from "../../facts/reference.ts";
import { TYPE } from "../../facts/resource-types.ts";

const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const TABLE_COPY = "aws:dynamodb/tableReplica:TableReplica";

export const copiesAreUnderOwnKeys = rule({
  premise: 5,
  id: "copies-are-under-own-keys",
  severity: "critical",
  description:
    "A copy in another region is encrypted under the replica of the stack's key there: otherwise the key of AWS would open it, or none.",
  remediation: "Name the ARN of a ReplicaKey of the same stack whose region is that of the copy.",
  frameworks: [CONTROL.isoCryptography, CONTROL.pciDataAtRest, CONTROL.gdprSecurity],
  subjects: {
    types: [TYPE.secret, REPLICATION, TABLE_COPY],
    where: (it, stack) => isGoverned(stack) && (it.type !== TYPE.secret || it.list("replicas").length > 0),
  },
  judge: (it, stack) =>
    isUnderOwnKeys(it, stack)
      ? undefined
      : `"${it.name}" must encrypt each copy under a replica of the stack's key in the region of the copy.`,
});

function isUnderOwnKeys(it: ResourceView, stack: StackIndex): boolean {
  const isIn = (region: string | undefined, input: string, read: () => string | undefined): boolean => {
    const key = referred({ of: it, input, read }, byOutput(TYPE.replicaKey, "arn"), stack);
    return region !== undefined && key?.region === region;
  };
  if (it.type === TABLE_COPY) return isIn(it.region, "kmsKeyArn", () => it.text("kmsKeyArn"));
  if (it.type === TYPE.secret)
    return every(it.list("replicas"), (one) => isIn(one.text("region"), "replicas", () => one.text("kmsKeyId")));
  return every(it.list("rules"), (one) =>
    isIn(regionOfCopy(one, it, stack), "rules", () => one.text("destination.encryptionConfiguration.replicaKmsKeyId")),
  );
}

function regionOfCopy(one: Value, of: ResourceView, stack: StackIndex): string | undefined {
  const named = { of, input: "rules", read: () => one.text("destination.bucket") };
  return referred(named, byOutput(TYPE.bucket, "arn"), stack)?.region;
}
