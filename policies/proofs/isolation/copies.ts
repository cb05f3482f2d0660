import type { Placed, Platform } from "../../engine/platform.ts";
import type { Recorder } from "../../engine/proof.ts";
import { arnIndex } from "./arn-index.ts";
import { ownerOf } from "./tenants.ts";
import { type Reference, references } from "./references.ts";
import type { ResourceGrant } from "./resource-grants.ts";

/** Types of shared stacks that carry data from one thing that they name to another. */
const CARRIERS: readonly string[] = [
  "aws:cloudwatch/eventTarget:EventTarget",
  "aws:cloudwatch/logDelivery:LogDelivery",
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
  "aws:dms/replicationTask:ReplicationTask",
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  "aws:lambda/eventSourceMapping:EventSourceMapping",
  "aws:pipes/pipe:Pipe",
  "aws:s3/bucketNotification:BucketNotification",
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
  "aws:s3/bucketReplicationConfiguration:BucketReplicationConfiguration",
  "aws:sns/topicSubscription:TopicSubscription",
];

/** Finds resources of one tenant that name a thing of another one: snapshots, replicas, subscriptions, settings; and what joins two tenants. */
export function findCopies(platform: Platform, record: Recorder): void {
  for (const all of references(platform).values()) {
    const [first] = all;
    if (first === undefined) continue;
    record.count("resources that name a store, a key or a workload");
    const tenant = ownerOf(first.from.stack);
    if (tenant === undefined) {
      if (CARRIERS.includes(first.from.resource.type)) joined(all, record);
      continue;
    }
    const foreign = all.find(({ thing }) => thing.tenant !== undefined && thing.tenant !== tenant);
    if (foreign !== undefined) report(foreign.from, foreign, tenant, record);
  }
}

/** Finds grants to an AWS service on behalf of a resource of another tenant than the one that the grant is on. */
export function findDeputies(grants: readonly ResourceGrant[], platform: Platform, record: Recorder): void {
  for (const { holder, statement, targets } of grants) {
    const sources = statement.conditions
      .filter(({ operator, key }) => !/not/i.test(operator) && key.toLowerCase() === "aws:sourcearn")
      .flatMap(({ values }) => values.flatMap((it) => arnIndex(platform).named(it)));
    for (const thing of targets) {
      const source = sources.find((it) => it.tenant !== undefined && it.tenant !== thing.tenant);
      if (source === undefined || thing.tenant === undefined) continue;
      record.violated(
        holder,
        `"${holder.resource.name}" must let nothing of tenant "${source.tenant ?? ""}" use "${thing.resource.name}" of tenant "${thing.tenant}".`,
        [
          `"${source.resource.name}" is of tenant "${source.tenant ?? ""}" (${source.stack.name}).`,
          `"${holder.resource.name}" lets an AWS service act for it.`,
          `That is on "${thing.resource.name}" of tenant "${thing.tenant}" (${thing.stack.name}).`,
        ],
      );
    }
  }
}

function joined(all: readonly Reference[], record: Recorder): void {
  const [one, ...others] = all.filter(({ thing }) => thing.tenant !== undefined);
  const other = others.find(({ thing }) => thing.tenant !== one?.thing.tenant);
  if (one !== undefined && other !== undefined) report(one.from, other, one.thing.tenant ?? "", record);
}

function report({ resource, stack }: Placed, { path, thing }: Reference, tenant: string, record: Recorder): void {
  record.violated(
    { resource, stack },
    `"${resource.name}", which is of tenant "${tenant}", must not name "${thing.resource.name}" of tenant "${thing.tenant ?? ""}".`,
    [
      `"${resource.name}" (${resource.type} in ${stack.name}) is of tenant "${tenant}".`,
      `Its input ${path} names "${thing.resource.name}".`,
      `That is of tenant "${thing.tenant ?? ""}" (${thing.resource.type} in ${thing.stack.name}).`,
    ],
  );
}
