import { copiesRaiseAlarms } from "../../../../policies/premise-7-observability/alarms/copies-raise-alarms.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { set } from "../../proofs/edits.ts";

const TENANT = "production.eu-west-1.xyz-gmbh";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const alarm = (name: string, ...[path, value]: Parameters<typeof set>) =>
  shippedWith(TENANT, ALARM, name, set(path, value));

const { resources } = shipped(TENANT);
const copyOf = (type: string, about: string): string =>
  `"${resources.find((it) => it.type === type && JSON.stringify(it.inputs).includes(about))?.name ?? ""}"`;
const TABLE = copyOf("aws:dynamodb/tableReplica:TableReplica", "table/bff-b2b-jobs");
const BUCKET = copyOf("aws:s3/bucketReplicationConfig:BucketReplicationConfig", "bff-b2b-uploads");
const LATE = "must have an alarm that tells when it is late.";

testRule(copiesRaiseAlarms, {
  accepts: {
    "the shipped stack of a tenant": shipped(TENANT),
    "another threshold": alarm("copies-bff-b2b-jobs", ["threshold"], 30_000),
  },
  rejects: {
    "a table without an alarm": [shippedWith(TENANT, ALARM, "copies-bff-b2b-jobs"), `${TABLE} ${LATE}`],
    "an alarm about another table": [
      alarm("copies-bff-b2b-jobs", ["dimensions", "TableName"], "x"),
      `${TABLE} ${LATE}`,
    ],
    "an alarm about another region": [
      alarm("copies-bff-b2b-jobs", ["dimensions", "ReceivingRegion"], "us-east-1"),
      `${TABLE} ${LATE}`,
    ],
    "an alarm about another rule of a bucket": [
      alarm("copies-bff-b2b-uploads", ["dimensions", "RuleId"], "other"),
      `${BUCKET} ${LATE}`,
    ],
    "an alarm about another bucket": [
      alarm("copies-bff-b2b-uploads", ["dimensions", "DestinationBucket"], "other"),
      `${BUCKET} ${LATE}`,
    ],
    "an alarm in another namespace": [alarm("copies-bff-b2b-uploads", ["namespace"], "AWS/S3x"), `${BUCKET} ${LATE}`],
  },
});
