import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import type { Value } from "../../engine/value.ts";
import { parseArn } from "../arn.ts";
import { byOutput, referenceOf, referred } from "../reference.ts";
import { TYPE } from "../resource-types.ts";

/** Reads one region to or from which data is copied, `undefined` where nobody knows it; an unknown one does not hide the others. */
export type RegionReader = () => string | undefined;

/** The regions that a resource copies data to or from. */
type Copies = (it: ResourceView, stack: StackIndex) => readonly RegionReader[];

const GLOBAL_DATABASE = "aws:rds/globalCluster:GlobalCluster";
const GLOBAL_CACHE = "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup";

/** The types that copy data between regions, and how each names them. */
export const COPIES: Readonly<Record<string, Copies>> = {
  "aws:backup/plan:Plan": (it) =>
    arns(
      it.list("rules").flatMap((each) => each.list("copyActions")),
      "destinationVaultArn",
    ),
  "aws:cloudwatch/eventTarget:EventTarget": (it) => arnsIfGiven(it, "arn"),
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": (it) => arnsIfGiven(it, "destinationArn"),
  "aws:dynamodb/globalTable:GlobalTable": (it) => regions(it.list("replicas"), "regionName"),
  "aws:dynamodb/tableReplica:TableReplica": (it) => [() => it.region, ...arns([it], "globalTableArn")],
  "aws:ebs/snapshotCopy:SnapshotCopy": (it) => regions([it], "sourceRegion"),
  "aws:ec2/amiCopy:AmiCopy": (it) => regions([it], "sourceAmiRegion"),
  "aws:ecr/replicationConfiguration:ReplicationConfiguration": (it) =>
    regions(
      it.list("replicationConfiguration.rules").flatMap((each) => each.list("destinations")),
      "region",
    ),
  "aws:efs/replicationConfiguration:ReplicationConfiguration": (it) => regions(it.list("destination"), "region"),
  "aws:elasticache/replicationGroup:ReplicationGroup": (it, stack) =>
    partOf(it, "globalReplicationGroupId", GLOBAL_CACHE, stack),
  "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy": (it) => [
    ...regionsIfGiven(it, "destinationRegion"),
    ...arnsIfGiven(it, "sourceDbClusterSnapshotIdentifier"),
  ],
  "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": (it) => [
    () => it.region,
    ...arns([it], "sourceDbInstanceArn"),
  ],
  "aws:rds/snapshotCopy:SnapshotCopy": (it) => [
    ...regionsIfGiven(it, "destinationRegion"),
    ...arnsIfGiven(it, "sourceDbSnapshotIdentifier"),
  ],
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": destinations,
  "aws:s3/bucketReplicationConfiguration:BucketReplicationConfiguration": destinations,
  [GLOBAL_DATABASE]: (it) => arnsIfGiven(it, "sourceDbClusterIdentifier"),
  [TYPE.database]: (it, stack) => [
    ...regionsIfGiven(it, "sourceRegion"),
    ...arnsIfGiven(it, "replicationSourceIdentifier"),
    ...partOf(it, "globalClusterIdentifier", GLOBAL_DATABASE, stack),
  ],
  [TYPE.databaseInstance]: (it) => arnsIfGiven(it, "replicateSourceDb"),
  [TYPE.replicaKey]: (it) => [() => it.region, ...arns([it], "primaryKeyArn")],
  [TYPE.secret]: (it) => regions(it.list("replicas"), "region"),
  [TYPE.table]: (it) => [
    ...regions(it.list("replicas"), "regionName"),
    ...regions(it.list("globalTableWitness"), "regionName"),
  ],
};

function regions(places: readonly Value[], path: string): readonly RegionReader[] {
  return places.map((it) => () => it.text(path));
}

function regionsIfGiven(it: Value, path: string): readonly RegionReader[] {
  return it.has(path) ? regions([it], path) : [];
}

function arns(places: readonly Value[], path: string): readonly RegionReader[] {
  return places.map((it) => () => parseArn(it.text(path) ?? "")?.region);
}

/** An ARN names a region; a bare name is of the resource's own region. */
function arnsIfGiven(it: ResourceView, path: string): readonly RegionReader[] {
  if (!it.has(path)) return [];
  return [
    () => {
      const text = it.text(path) ?? "";
      return text.startsWith("arn:") ? parseArn(text)?.region : it.region;
    },
  ];
}

/** A part of something global takes its data from where that is, which only the stack that declares it knows. */
function partOf(it: ResourceView, input: string, type: string, stack: StackIndex): readonly RegionReader[] {
  if (!it.has(input)) return [];
  return [() => referred(referenceOf(it, input), byOutput(type, "id", input), stack) && it.region];
}

/** The ARN of a bucket names no region, so the bucket must be of the same stack. */
function destinations(it: ResourceView, stack: StackIndex): readonly RegionReader[] {
  return it.list("rules").map((rule) => () => {
    const named = { of: it, input: "rules", read: () => rule.text("destination.bucket") };
    return referred(named, byOutput(TYPE.bucket, "arn"), stack)?.region;
  });
}
