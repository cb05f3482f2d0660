import { AWS_CALLS } from "../../../releases/aws-calls.ts";

/** What a role of pods or agents may be granted of each kind of thing that they use. */
export const MOST_CALLS = {
  table: [
    "dynamodb:BatchGetItem",
    "dynamodb:BatchWriteItem",
    "dynamodb:ConditionCheckItem",
    "dynamodb:DeleteItem",
    "dynamodb:GetItem",
    "dynamodb:PutItem",
    "dynamodb:Query",
    "dynamodb:UpdateItem",
  ],
  bucket: ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
  bus: ["events:PutEvents"],
  receive: ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"],
} as const;

/** Of these calls those that the code of a bundle makes; all of them while its sources are not here. */
export function callsOf(bundle: string, most: readonly string[]): readonly string[] {
  const made = AWS_CALLS[bundle];
  return made === undefined ? most : most.filter((it) => Object.hasOwn(made, it));
}
