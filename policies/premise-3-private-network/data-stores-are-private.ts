import { CONTROL } from "../engine/frameworks.ts";
import { namersOf } from "../facts/reference.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { type Fault, rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent } from "../engine/three-values.ts";

const ACCESS_BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const SEARCH = "aws:opensearch/domain:Domain";

/** What has no public address where the program does not say so. */
const PRIVATE_BY_DEFAULT = ["aws:rds/clusterInstance:ClusterInstance", TYPE.databaseInstance];

/** What may have one: AWS and its provider do not agree on the default, so the program must say it. */
const PRIVATE_IF_SAID = [
  "aws:dms/replicationInstance:ReplicationInstance",
  "aws:mq/broker:Broker",
  "aws:neptune/clusterInstance:ClusterInstance",
  "aws:redshift/cluster:Cluster",
  "aws:redshiftserverless/workgroup:Workgroup",
];

/** The four settings of a public access block; with all of them a bucket cannot be made public. */
const REFUSALS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

export const dataStoresArePrivate = rule({
  premise: 3,
  id: "data-stores-are-private",
  severity: "critical",
  description: "No database has a public address, and no bucket can be made public.",
  remediation:
    "Set `publiclyAccessible` to false; give each bucket a BucketPublicAccessBlock with all four refusals, and a search domain `vpcOptions`.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoNetwork, CONTROL.pciNetwork, CONTROL.gdprSecurity],
  subjects: { types: [...PRIVATE_BY_DEFAULT, ...PRIVATE_IF_SAID, SEARCH, TYPE.bucket, ACCESS_BLOCK] },
  foreign: "all",
  judge: (it, stack) => {
    if (it.type === TYPE.bucket) return isBlocked(it, stack);
    if (it.type === ACCESS_BLOCK)
      return REFUSALS.every((refusal) => it.flag(refusal) === true)
        ? undefined
        : `"${it.name}" must block public access in all four ways.`;
    return isPrivate(it) ? undefined : `"${it.name}" must not have a public address.`;
  },
});

function isBlocked(bucket: ResourceView, stack: StackIndex): Fault {
  const blocks = namersOf(bucket, { types: [ACCESS_BLOCK], input: "bucket" }, ["bucket", "id"], stack);
  return blocks.length > 0 ? undefined : absent(`"${bucket.name}" must block public access.`);
}

function isPrivate(it: ResourceView): boolean {
  if (it.type === SEARCH) return it.list("vpcOptions.subnetIds").length > 0;
  if (PRIVATE_BY_DEFAULT.includes(it.type) && it.at("publiclyAccessible") === undefined) return true;
  return it.flag("publiclyAccessible") === false;
}
