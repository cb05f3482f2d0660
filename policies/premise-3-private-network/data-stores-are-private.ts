import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import { absent } from "../engine/three-values.ts";

const ACCESS_BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const INSTANCES = ["aws:rds/clusterInstance:ClusterInstance", "aws:rds/instance:Instance"];

/** The four settings of a public access block; with all of them a bucket cannot be made public. */
const REFUSALS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

export const dataStoresArePrivate = rule({
  premise: 3,
  id: "data-stores-are-private",
  severity: "critical",
  description: "No database has a public address, and no bucket can be made public.",
  remediation:
    "Leave `publiclyAccessible` out or false; give each bucket a BucketPublicAccessBlock with all four refusals.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoNetwork, CONTROL.pciNetwork, CONTROL.gdprSecurity],
  subjects: { types: [...INSTANCES, TYPE.bucket, ACCESS_BLOCK] },
  foreign: "all",
  judge: (it, stack) => {
    if (it.type === TYPE.bucket)
      return stack.referrers(it, ACCESS_BLOCK, "bucket").length > 0
        ? undefined
        : absent(`"${it.name}" must block public access.`);
    if (it.type === ACCESS_BLOCK)
      return REFUSALS.every((refusal) => it.flag(refusal) === true)
        ? undefined
        : `"${it.name}" must block public access in all four ways.`;
    const isPrivate = it.at("publiclyAccessible") === undefined || it.flag("publiclyAccessible") === false;
    return isPrivate ? undefined : `"${it.name}" must not have a public address.`;
  },
});
