import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { LogBucket } from "../data/log-bucket.ts";

/** Where a trail writes, and what it is the one for. */
export interface TrailArgs {
  readonly bucket: LogBucket;
  readonly kmsKeyArn: pulumi.Input<string>;
  /** Whether it also records what has no region, such as changes of IAM: true in one region of an account. */
  readonly isGlobal: boolean;
}

/** Name of the trail of each region: the policies of its bucket and of its key name it. */
export const TRAIL = "alicerce";

/** What is done with data, beside what is done with resources. */
const DATA = ["AWS::BedrockAgentCore::Gateway", "AWS::DynamoDB::Table", "AWS::Lambda::Function", "AWS::S3::Object"];

/** The record of every call of AWS in one region, which says when somebody changed it; it stays in the region, as a residency demands (premise 7). */
export function trail(
  name: string,
  { bucket, kmsKeyArn, isGlobal }: TrailArgs,
  opts: pulumi.CustomResourceOptions,
): aws.cloudtrail.Trail {
  return new aws.cloudtrail.Trail(
    name,
    {
      name: TRAIL,
      s3BucketName: bucket.bucketName,
      kmsKeyId: kmsKeyArn,
      enableLogFileValidation: true,
      isMultiRegionTrail: false,
      includeGlobalServiceEvents: isGlobal,
      advancedEventSelectors: [
        { name: "Management", fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] },
        ...DATA.map((type) => ({
          name: type,
          fieldSelectors: [
            { field: "eventCategory", equals: ["Data"] },
            { field: "resources.type", equals: [type] },
          ],
        })),
      ],
    },
    opts,
  );
}
