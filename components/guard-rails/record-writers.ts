import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../identity/policy-document.ts";
import type { Place } from "../place.ts";
import { TRAIL } from "./trail.ts";

/** Lets the trail of the account and region write into a bucket, and AWS Config deliver what it recorded there. */
export function recordWriters(arn: pulumi.Output<string>, place: Place): readonly Statement[] {
  const inAccount = { StringEquals: { "aws:SourceAccount": place.account } };
  return [
    ...writer("cloudtrail.amazonaws.com", arn, pulumi.interpolate`${arn}/AWSLogs/${place.account}/*`, {
      StringEquals: { "aws:SourceArn": trailArn(place) },
    }),
    ...writer("config.amazonaws.com", arn, pulumi.interpolate`${arn}/AWSLogs/${place.account}/Config/*`, inAccount),
  ];
}

/** Lets them encrypt what they write. */
export function recordsMayUse(place: Place): readonly Statement[] {
  const use = (service: string, Condition: Condition): Statement => ({
    Sid: service === "cloudtrail" ? "Trail" : "Configurations",
    Effect: "Allow",
    Principal: { Service: `${service}.amazonaws.com` },
    Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
    Resource: "*",
    Condition,
  });
  return [
    use("cloudtrail", { StringEquals: { "aws:SourceArn": trailArn(place) } }),
    use("config", { StringEquals: { "aws:SourceAccount": place.account } }),
  ];
}

type Condition = NonNullable<Statement["Condition"]>;

function writer(
  service: string,
  bucket: pulumi.Output<string>,
  objects: pulumi.Output<string>,
  Condition: Condition,
): readonly Statement[] {
  const allow = { Effect: "Allow", Principal: { Service: service }, Condition } as const;
  return [
    { ...allow, Action: ["s3:GetBucketAcl", "s3:ListBucket"], Resource: bucket },
    { ...allow, Action: ["s3:PutObject"], Resource: objects },
  ];
}

function trailArn({ account, region }: Place): string {
  return `arn:aws:cloudtrail:${region}:${account}:trail/${TRAIL}`;
}
