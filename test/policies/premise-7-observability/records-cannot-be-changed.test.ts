import { recordsCannotBeChanged } from "../../../policies/premise-7-observability/records-cannot-be-changed.ts";
import { LogBucket } from "../../../components/data/log-bucket.ts";
import { PLACE } from "../../components/planned.ts";
import * as aws from "@pulumi/aws";
import type { Plan } from "../../../plan/model.ts";
import { testRule } from "../../support/rule-tester.ts";
import { planOf, served, urnOf } from "../programs.ts";

const BUCKET = "aws:s3/bucket:Bucket";
const NAMED = { bucket: [urnOf(BUCKET, "records")] };

interface Records {
  readonly locked?: boolean;
  readonly retention?: Record<string, unknown>;
  readonly expiration?: Record<string, unknown> | undefined;
  /** The bucket that the load balancer names. */
  readonly used?: string;
}

/** A bucket into which a load balancer writes. */
function records({
  locked = true,
  retention = { mode: "GOVERNANCE", days: 365 },
  expiration = { days: 400 },
  used = "records",
}: Records = {}): Plan {
  return planOf(
    {
      type: BUCKET,
      name: "records",
      inputs: { bucket: "records", objectLockEnabled: locked },
      outputs: { bucket: "records" },
    },
    {
      type: "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
      name: "records",
      inputs: { bucket: "records", rule: { defaultRetention: retention } },
      propertyDependencies: NAMED,
    },
    {
      type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      name: "records",
      inputs: { bucket: "records", rules: [{ id: "old", status: "Enabled", expiration }] },
      propertyDependencies: NAMED,
    },
    {
      type: "aws:lb/loadBalancer:LoadBalancer",
      name: "balancer",
      inputs: { accessLogs: { bucket: used, enabled: true } },
    },
  );
}

function program(): void {
  const { provider } = served();
  const logs = new LogBucket("records", { place: PLACE, writers: () => [] }, { providers: [provider!] });
  const accessLogs = { bucket: logs.bucketName, enabled: true };
  new aws.lb.LoadBalancer("balancer", { accessLogs, subnets: [] }, { provider: provider! });
}

const LOCKED = '"records" must have object lock.';
const KEPT = '"records" must keep its objects for 365 days.';
const LOCKS = '"records" must lock each object for 365 days.';
const EVER = '"records" must not keep its objects for ever.';

testRule(recordsCannotBeChanged, {
  accepts: {
    "a bucket that keeps records for a year": records(),
    "a lock that nobody may lift, for longer": records({ retention: { mode: "COMPLIANCE", years: 2 } }),
    "the component for records": program,
  },
  rejects: {
    "a bucket without locks": [records({ locked: false }), LOCKED],
    "locks of a month": [records({ retention: { mode: "COMPLIANCE", days: 30 } }), LOCKS],
    "locks of no mode": [records({ retention: { days: 365 } }), LOCKS],
    "records that expire after a month": [records({ expiration: { days: 30 } }), KEPT],
    "records that stay for ever": [records({ expiration: {} }), EVER],
  },
  ignores: { "a bucket into which nobody writes records": records({ used: "other", locked: false }) },
});

testRule(
  recordsCannotBeChanged,
  { accepts: { "the component for records, before it exists": program }, rejects: {} },
  { preview: "realistic" },
);
