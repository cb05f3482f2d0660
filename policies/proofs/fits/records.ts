import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { findBy } from "../../facts/reach/find.ts";
import { TYPE } from "../../facts/resource-types.ts";
import type { Fit } from "./fit.ts";

const DESTINATION = "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination";
const DELIVERY = "aws:cloudwatch/logDelivery:LogDelivery";
const LOCK = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";

/** What writes records, and the input that names the log group in which nothing else writes. */
const WRITERS = [
  ["aws:ec2/flowLog:FlowLog", "logDestination"],
  ["aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig", "destinationArn"],
  ["aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", "logDestinationConfigs"],
  [DESTINATION, "deliveryDestinationConfiguration.destinationResourceArn"],
] as const;

/** By which words the name of a log group says who writes there, as AWS demands it or the platform has it. */
const FOR: Readonly<Record<string, RegExp>> = {
  [WRITERS[1][0]]: /^\/aws\/vendedlogs\//,
  [WRITERS[2][0]]: /^aws-waf-logs-/,
  [DESTINATION]: /^\/aws\/vendedlogs\//,
};

/** Records are where they are looked for: each writer has a log group of its own, and each kind of log its destination. */
export function recordFits(platform: Platform): readonly Fit[] {
  const writers = WRITERS.flatMap(([type, input]) => platform.ofType(type).map((at) => ({ at, input })));
  const groupsOf = ({ at, input }: (typeof writers)[number]): readonly string[] =>
    at.resource.list(input).flatMap((it) => it.text() ?? []);
  const alone = writers
    .filter(({ at }) => at.stack.isOurs && isWritten(at))
    .map((writer): Fit => {
      const { at } = writer;
      const isAlone = (): boolean => {
        const own = groupsOf(writer);
        const others = writers.filter((it) => it.at !== at).flatMap(groupsOf);
        return own.length > 0 && own.every((it) => isFor(platform, at, it) && !others.includes(it));
      };
      return { at, isFit: isAlone, mend: `"${at.resource.name}" must write into a log group that is its own.` };
    });
  const deliveries = platform.ofType(DELIVERY).map((at): Fit => ({
    at,
    isFit: () => isOfKind(platform, at),
    mend: `"${at.resource.name}" must deliver traces to X-Ray, and logs to a log group.`,
  }));
  const locks = platform
    .ofType(TYPE.bucket)
    .filter(({ resource }) => resource.flag("objectLockEnabled") === true)
    .map((at): Fit => ({
      at,
      isFit: () => at.stack.ofType(LOCK).some((it) => it.text("bucket") === outputOf(at.resource, "bucket")),
      mend: `"${at.resource.name}" must have a lock of its objects.`,
    }));
  return [...alone, ...deliveries, ...locks];
}

/** Traces go to X-Ray, which is no log group. */
function isWritten({ resource }: Placed): boolean {
  return resource.type !== DESTINATION || resource.text("deliveryDestinationType") !== "XRAY";
}

function isFor(platform: Platform, { resource }: Placed, arn: string): boolean {
  const group = findBy(platform, TYPE.logGroup, "arn", arn)?.resource.text("name") ?? "";
  return FOR[resource.type]?.test(group) ?? true;
}

function isOfKind(platform: Platform, { resource }: Placed): boolean {
  const source = findBy(platform, TYPE.logDeliverySource, "name", resource.text("deliverySourceName"))?.resource;
  const destination = findBy(platform, DESTINATION, "arn", resource.text("deliveryDestinationArn"))?.resource;
  const isOfTraces = source?.text("logType") === "TRACES";
  return (destination?.text("deliveryDestinationType") === "XRAY") === isOfTraces;
}
