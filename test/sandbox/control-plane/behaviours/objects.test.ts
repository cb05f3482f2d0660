import * as aws from "@pulumi/aws";
import { expect, it } from "vitest";
import { planProgram } from "../../../../tools/offline-planner/plan.ts";
import { served } from "../../../policies/programs.ts";

const stack = "production.eu-west-1.xyz-gmbh";

/** A program with these objects, each by its bucket and its key. */
const objects =
  (...all: readonly (readonly [bucket: string, key: string])[]) =>
  () => {
    const opts = served();
    const names = [...new Set(all.map(([bucket]) => bucket))];
    const buckets = new Map(names.map((bucket) => [bucket, new aws.s3.Bucket(bucket, { bucket }, opts)]));
    for (const [i, [bucket, key]] of all.entries())
      new aws.s3.BucketObjectv2(`object-${i}`, { bucket: buckets.get(bucket)!.bucket, key, content: "{}" }, opts);
  };

it("keeps objects apart by bucket and key together", async () => {
  const program = objects(["one", "a.json"], ["one", "b.json"], ["two", "a.json"]);
  const { plan } = await planProgram(program, { stack });
  expect(plan.resources.filter((each) => each.type.includes("bucketObject"))).toHaveLength(3);
});

it("refuses a key that the bucket has", async () => {
  const program = objects(["one", "a.json"], ["one", "a.json"]);
  await expect(planProgram(program, { stack })).rejects.toThrow("already exists");
});
