import { CONTROL } from "../engine/frameworks.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, every, some } from "../engine/three-values.ts";
import { isOfRecords } from "../facts/record-buckets.ts";
import { TYPE } from "../facts/resource-types.ts";

const LOCK = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";

/** One year: PCI DSS 10.5.1 demands it of audit logs. */
const RETENTION_DAYS = 365;

export const recordsCannotBeChanged = rule({
  premise: 7,
  id: "records-cannot-be-changed",
  severity: "high",
  description: "What AWS's services record in a bucket is locked for a year, and is not kept for ever.",
  remediation:
    "Create the bucket with `objectLockEnabled`, lock its objects by default for 365 days, and let them expire after that.",
  frameworks: [CONTROL.pciRetention, CONTROL.isoLogging, CONTROL.soc2Monitoring, CONTROL.gdprMinimisation],
  subjects: { types: [TYPE.bucket], where: isOfRecords },
  judge: [
    (it) => (it.flag("objectLockEnabled") === true ? undefined : `"${it.name}" must have object lock.`),
    (it, stack) =>
      some(stack.referrers(it, LOCK, "bucket"), locks)
        ? undefined
        : absent(`"${it.name}" must lock each object for ${RETENTION_DAYS} days.`),
    (it, stack) => expires(it, stack),
  ],
});

function locks(lock: ResourceView): boolean {
  const retention = "rule.defaultRetention";
  const days = (lock.number(`${retention}.days`) ?? 0) + 365 * (lock.number(`${retention}.years`) ?? 0);
  return days >= RETENTION_DAYS && ["COMPLIANCE", "GOVERNANCE"].includes(lock.text(`${retention}.mode`) ?? "");
}

function expires(it: ResourceView, stack: StackIndex): ReturnType<typeof absent> | string | undefined {
  const rules = stack.referrers(it, LIFECYCLE, "bucket").flatMap((lifecycle) => lifecycle.list("rules"));
  const days = rules.map((one) => (): number | undefined => one.number("expiration.days"));
  if (!every(days, (read) => (read() ?? RETENTION_DAYS) >= RETENTION_DAYS))
    return `"${it.name}" must keep its objects for ${RETENTION_DAYS} days.`;
  return some(days, (read) => read() !== undefined)
    ? undefined
    : absent(`"${it.name}" must not keep its objects for ever.`);
}
