import { denialsNegateWithoutIfExists } from "../../../policies/premise-8-least-privilege/denials-negate-without-if-exists.ts";
import { testRule } from "../../support/rule-tester.ts";
import { bucketOf, bucketPolicyOf } from "../data-programs.ts";
import { served } from "../programs.ts";

const HEADER = "s3:x-amz-server-side-encryption";

function policy(effect: "Allow" | "Deny", condition: Readonly<Record<string, unknown>>): void {
  const opts = served();
  bucketPolicyOf(bucketOf(opts), opts, {
    Effect: effect,
    Principal: "*",
    Action: "s3:PutObject",
    Resource: "arn:aws:s3:::it/*",
    Condition: condition,
  });
}

const MESSAGE = '"bucket" must deny without a negated operator that ends in IfExists.';

testRule(denialsNegateWithoutIfExists, {
  accepts: {
    "a denial of other values, and of none": () => policy("Deny", { StringNotEquals: { [HEADER]: "aws:kms" } }),
    "a denial of other values where there is one": () =>
      policy("Deny", { StringNotEquals: { [HEADER]: "aws:kms" }, Null: { [HEADER]: "false" } }),
    "a denial of one value, if there is one": () => policy("Deny", { StringEqualsIfExists: { [HEADER]: "AES256" } }),
    "an allowance, where it is what it seems": () =>
      policy("Allow", { StringNotEqualsIfExists: { [HEADER]: "AES256" } }),
  },
  rejects: {
    "a denial that seems to leave out requests without the key": [
      () => policy("Deny", { StringNotEqualsIfExists: { [HEADER]: "aws:kms" } }),
      MESSAGE,
    ],
    "the same of ARNs": [
      () => policy("Deny", { ArnNotLikeIfExists: { [`${HEADER}-aws-kms-key-id`]: "arn:aws:kms:*" } }),
      MESSAGE,
    ],
    "the same of addresses": [
      () => policy("Deny", { NotIpAddressIfExists: { "aws:SourceIp": "10.0.0.0/8" } }),
      MESSAGE,
    ],
  },
});
