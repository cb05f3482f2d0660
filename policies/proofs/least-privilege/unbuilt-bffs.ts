import { AWS_CALLS } from "../../../releases/aws-calls.ts";

/** What BFFs use tables, buckets, queues, buses, keys and functions for: the most that a BFF may be granted whose code is not built yet. */
const MOST = [
  "dynamodb:BatchGetItem",
  "dynamodb:BatchWriteItem",
  "dynamodb:ConditionCheckItem",
  "dynamodb:DeleteItem",
  "dynamodb:GetItem",
  "dynamodb:PutItem",
  "dynamodb:Query",
  "dynamodb:UpdateItem",
  "events:PutEvents",
  "kms:Sign",
  "lambda:InvokeFunction",
  "s3:AbortMultipartUpload",
  "s3:DeleteObject",
  "s3:GetObject",
  "s3:PutObject",
  "sqs:ChangeMessageVisibility",
  "sqs:DeleteMessage",
  "sqs:ReceiveMessage",
  "sqs:SendMessage",
];

/** What a BFF may call that has no bundle yet; `undefined` for every other bundle. */
export function mostOfUnbuilt(bundle: string): ReadonlySet<string> | undefined {
  return bundle.startsWith("bff-") && !Object.hasOwn(AWS_CALLS, bundle) ? new Set(MOST) : undefined;
}
