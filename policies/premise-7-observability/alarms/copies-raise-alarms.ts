import { CONTROL } from "../../engine/frameworks.ts";
import { candidates } from "../../engine/lookup.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { absent, every, some } from "../../engine/three-values.ts";
import { isGoverned } from "../../facts/geography.ts";

const TABLE_COPY = "aws:dynamodb/tableReplica:TableReplica";
const BUCKET_COPY = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const METRIC = "ReplicationLatency";

/** The dimensions by which a service measures how late a copy is, and the namespace of its metric. */
interface Measured {
  readonly namespace: string;
  readonly dimensions: Readonly<Record<string, string | undefined>>;
}

export const copiesRaiseAlarms = rule({
  premise: 7,
  id: "copies-raise-alarms",
  severity: "high",
  description:
    "Somebody is told when a copy in another region is late: what is not copied is lost with the region that it is in.",
  remediation: `Declare an alarm on ${METRIC} with all dimensions of the copy: its table and region, or both buckets and the rule.`,
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring],
  subjects: { types: [TABLE_COPY, BUCKET_COPY], where: (_, stack) => stack.isOurs && isGoverned(stack) },
  judge: (it, stack) =>
    every(measured(it), (one) => isWatched(one, stack))
      ? undefined
      : absent(`"${it.name}" must have an alarm that tells when it is late.`),
});

function measured(it: ResourceView): readonly Measured[] {
  if (it.type === TABLE_COPY) {
    const table = it.text("globalTableArn")?.split(":table/")[1];
    return [{ namespace: "AWS/DynamoDB", dimensions: { TableName: table, ReceivingRegion: it.region } }];
  }
  return it.list("rules").map((one) => {
    const to = one.text("destination.bucket")?.split(":").at(-1);
    const dimensions = { SourceBucket: it.text("bucket"), DestinationBucket: to, RuleId: one.text("id") };
    return { namespace: "AWS/S3", dimensions };
  });
}

const alarmsOf = candidates([ALARM], (it) =>
  it.text("metricName") === METRIC ? [it.text("dimensions.TableName"), it.text("dimensions.SourceBucket")] : [],
);

function isWatched({ dimensions, namespace }: Measured, stack: StackIndex): boolean {
  return some(
    alarmsOf(stack, () => Object.values(dimensions)[0]),
    (it) =>
      it.text("metricName") === METRIC &&
      it.text("namespace") === namespace &&
      Object.entries(dimensions).every(([name, value]) => value !== undefined && it.text("dimensions", name) === value),
  );
}
