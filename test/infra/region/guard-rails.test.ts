import { describe, expect, it } from "vitest";
import { statements } from "../../components/planned.ts";
import { resourceOf } from "../plans.ts";

const REGION = "production.eu-west-1";
const TRAIL_ARN = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/alicerce";

const REGIONS = [
  "us-east-1",
  "us-west-2",
  "eu-west-1",
  "eu-central-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "sa-east-1",
];

describe("the records of a region", () => {
  it("stay in the region, and are written by its trail and its recorder alone", () => {
    const bucket = resourceOf(REGION, "aws:s3/bucketPolicy:BucketPolicy", "records");
    const writers = statements(bucket.inputs["policy"]).filter((one) => one["Effect"] === "Allow");
    expect(writers.map((one) => [one["Principal"], one["Condition"]])).toEqual([
      [{ Service: "cloudtrail.amazonaws.com" }, { StringEquals: { "aws:SourceArn": TRAIL_ARN } }],
      [{ Service: "cloudtrail.amazonaws.com" }, { StringEquals: { "aws:SourceArn": TRAIL_ARN } }],
      [{ Service: "config.amazonaws.com" }, { StringEquals: { "aws:SourceAccount": "111122223333" } }],
      [{ Service: "config.amazonaws.com" }, { StringEquals: { "aws:SourceAccount": "111122223333" } }],
    ]);
    const trail = resourceOf(REGION, "aws:cloudtrail/trail:Trail", "trail");
    expect(trail.inputs).toMatchObject({ isMultiRegionTrail: false, enableLogFileValidation: true });
    const key = resourceOf(REGION, "aws:kms/key:Key", "key");
    expect(trail.inputs["kmsKeyId"]).toBe(key.outputs?.["arn"]);
  });

  it("hold what has no region once in an account", () => {
    const globals = REGIONS.map(
      (it) =>
        resourceOf(`production.${it}`, "aws:cloudtrail/trail:Trail", "trail").inputs["includeGlobalServiceEvents"],
    );
    expect(globals).toEqual([true, false, false, false, false, false, false]);
  });

  it("cannot be changed for a year", () => {
    const lock = resourceOf(REGION, "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", "records");
    expect(lock.inputs["rule"]).toEqual({ defaultRetention: { mode: "GOVERNANCE", days: 365 } });
  });
});

describe("what is found in a region", () => {
  it("is told to whoever is on duty, if it is severe", () => {
    const target = resourceOf(REGION, "aws:cloudwatch/eventTarget:EventTarget", "threats");
    const topic = resourceOf(REGION, "aws:sns/topic:Topic", "alerts");
    expect(target.inputs["arn"]).toBe(topic.outputs?.["arn"]);
    const rule = resourceOf(REGION, "aws:cloudwatch/eventRule:EventRule", "threats");
    expect(JSON.parse(String(rule.inputs["eventPattern"]))).toMatchObject({ source: ["aws.guardduty"] });
  });
});
