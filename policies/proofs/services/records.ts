import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { statementsOf } from "../../facts/policy-document.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { callOn, type Deed, keyDeeds, onBehalfOf } from "./deed.ts";

/** A service that writes records into a bucket, under a key if it is told of one. */
interface Writer {
  readonly type: string;
  readonly who: string;
  readonly bucket: string;
  readonly key?: string;
  /** Where it writes, after `AWSLogs/<account>/`. */
  readonly below: string;
  /** Whether it asks before for the bucket's access list. */
  readonly asks: boolean;
  readonly sourceOf: (it: Placed) => string;
}

const arnOf = ({ resource }: Placed): string => outputOf(resource, "arn");

/** As the guides of AWS CloudTrail, AWS Config and Elastic Load Balancing write their bucket policies. */
const WRITERS: readonly Writer[] = [
  {
    type: "aws:cloudtrail/trail:Trail",
    who: "cloudtrail.amazonaws.com",
    bucket: "s3BucketName",
    key: "kmsKeyId",
    below: "CloudTrail/x",
    asks: true,
    sourceOf: arnOf,
  },
  {
    type: "aws:cfg/deliveryChannel:DeliveryChannel",
    who: "config.amazonaws.com",
    bucket: "s3BucketName",
    key: "s3KmsKeyArn",
    below: "Config/x",
    asks: true,
    sourceOf: ({ resource, stack }) => `arn:aws:config:${resource.region ?? ""}:${stack.address.environment.account}:x`,
  },
  {
    type: TYPE.loadBalancer,
    who: "logdelivery.elasticloadbalancing.amazonaws.com",
    bucket: "accessLogs.bucket",
    below: "elasticloadbalancing/x",
    asks: false,
    sourceOf: arnOf,
  },
];

/** Services write records into buckets whose policy, and whose key, let them. */
export function recordDeeds(platform: Platform): readonly Deed[] {
  return WRITERS.flatMap((writer) => platform.ofType(writer.type).flatMap((it) => written(platform, writer, it)));
}

function written(platform: Platform, writer: Writer, from: Placed): readonly Deed[] {
  const name = from.resource.text(writer.bucket);
  const bucket = platform.ofArn(`arn:aws:s3:::${name ?? ""}`);
  if (name === undefined || bucket === undefined) return [];
  const policy = platform.ofType(TYPE.bucketPolicy).find(({ resource }) => resource.text("bucket") === name);
  const context = onBehalfOf(writer.sourceOf(from));
  const arn = arnOf(bucket);
  const put = callOn("s3:PutObject", `${arn}/AWSLogs/${context["aws:sourceaccount"] ?? ""}/${writer.below}`, context);
  const asked = writer.asks ? [callOn("s3:GetBucketAcl", arn, context), callOn("s3:ListBucket", arn, context)] : [];
  const why = `"${from.resource.name}" is written to "${bucket.resource.name}"`;
  const statements = policy === undefined ? [] : statementsOf(policy.resource, "policy");
  const use = { who: writer.who, actions: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"], context, why };
  return [
    { who: writer.who, calls: [...asked, put], at: policy ?? bucket, statements, why },
    ...keyDeeds(platform, writer.key === undefined ? undefined : from.resource.text(writer.key), use),
  ];
}
