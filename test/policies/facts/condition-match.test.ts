import { describe, expect, it } from "vitest";
import { isMet } from "../../../policies/facts/condition-match.ts";

const KEY = "s3:x-amz-server-side-encryption";

describe("a condition", () => {
  it.each<[operator: string, values: string[], value: string | undefined, met: boolean | undefined]>([
    ["StringEquals", ["aws:kms"], "aws:kms", true],
    ["StringEquals", ["aws:kms"], "AES256", false],
    ["StringEquals", ["AES256", "aws:kms"], "aws:kms", true],
    ["StringEquals", ["aws:kms"], undefined, false],
    ["StringEqualsIfExists", ["aws:kms"], undefined, true],
    ["StringNotEquals", ["aws:kms"], "AES256", true],
    ["StringNotEquals", ["aws:kms"], "aws:kms", false],
    ["StringNotEquals", ["aws:kms"], undefined, true],
    ["StringNotEqualsIfExists", ["aws:kms"], undefined, true],
    ["ArnNotLike", ["arn:*:key/a"], "arn:aws:kms:eu-west-1:1:key/a", false],
    ["ArnLike", ["arn:*:key/a"], "arn:aws:kms:eu-west-1:1:key/b", false],
    ["Null", ["true"], undefined, true],
    ["Null", ["true"], "aws:kms", false],
    ["Null", ["false"], "aws:kms", true],
    ["Null", ["false"], undefined, false],
    ["ForAnyValue:StringEquals", ["aws:kms"], "aws:kms", undefined],
    ["Bool", ["true"], "true", undefined],
  ])("%s %j on %s is met: %s", (operator, values, value, met) => {
    expect(isMet({ operator, key: KEY.toUpperCase(), values }, { [KEY]: value })).toBe(met);
  });
});
