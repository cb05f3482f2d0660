import { describe, expect, test } from "vitest";
import { isMet } from "../../../../../policies/facts/grants/language/conditions.ts";

describe("a condition is met as the tables of IAM's user guide have it", () => {
  const KEY = "aws:PrincipalTag/team";
  test.each<[string, readonly string[] | string, string | readonly string[] | null | undefined, boolean | undefined]>([
    // One value
    ["StringEquals", "a", "a", true],
    ["StringEquals", ["b", "a"], "a", true],
    ["StringEquals", "a*", "ab", false],
    ["StringEquals", "a", null, false],
    ["StringEqualsIfExists", "a", null, true],
    ["StringEqualsIfExists", "a", "b", false],
    ["StringEqualsIgnoreCase", "A", "a", true],
    ["StringNotEquals", ["a", "b"], "a", false],
    ["StringNotEquals", ["a", "b"], "c", true],
    ["StringNotEquals", "a", null, true],
    ["StringNotEqualsIfExists", "a", null, true],
    ["StringNotEqualsIgnoreCase", "A", "a", false],
    ["StringLike", "a?c*", "abcd", true],
    ["StringLike", "a", null, false],
    ["StringNotLike", "a*", "b", true],
    ["StringNotLike", "a*", null, true],
    ["StringNotLikeIfExists", "a*", "ab", false],
    ["ArnEquals", "arn:aws:iam::*:role/a", "arn:aws:iam::1:role/a", true],
    ["ArnLike", "arn:aws:iam::1:*", "arn:aws:iam::1:role/a", true],
    ["ArnLike", "arn:aws:iam::*", "arn:aws:iam::1:role/a", false],
    ["ArnNotEquals", "arn:aws:iam::1:role/a", "arn:aws:iam::1:role/b", true],
    ["ArnNotLike", "arn:aws:iam::1:role/*", "arn:aws:iam::1:role/b", false],
    ["ArnNotLike", "arn:aws:iam::1:role/*", null, true],
    ["Bool", "true", "true", true],
    ["Bool", "false", "true", false],
    ["Bool", "false", null, false],
    ["BoolIfExists", "false", null, true],
    ["Null", "true", null, true],
    ["Null", "true", "a", false],
    ["Null", "false", "a", true],
    ["Null", "false", null, false],
    // Several values
    ["ForAllValues:StringEquals", ["a", "b"], ["a"], true],
    ["ForAllValues:StringEquals", ["a", "b"], ["a", "c"], false],
    ["ForAllValues:StringEquals", ["a", "b"], null, true],
    ["ForAllValues:StringLike", "a*", ["ab", "ac"], true],
    ["ForAllValues:StringNotEquals", ["a", "b"], ["c"], true],
    ["ForAllValues:StringNotEquals", ["a", "b"], ["a", "c"], false],
    ["ForAnyValue:StringEquals", ["a", "b"], ["a", "c"], true],
    ["ForAnyValue:StringEquals", ["a", "b"], ["c"], false],
    ["ForAnyValue:StringEquals", ["a", "b"], null, false],
    ["ForAnyValue:StringNotEquals", ["a", "b"], ["a", "c"], true],
    ["ForAnyValue:StringNotEquals", ["a", "b"], null, false],
    // What cannot be said
    ["StringEquals", "a", undefined, undefined],
    ["StringEquals", "${aws:username}", "a", undefined],
    ["StringEquals", "a", ["a", "b"], undefined],
    ["ForAnyValue:StringEqualsIfExists", "a", null, undefined],
    ["NumericLessThan", "1", "0", undefined],
    ["stringequals", "a", "a", undefined],
    ["NotBool", "true", "false", undefined],
    ["StringEqualsIfExist", "a", "a", undefined],
  ])("%s %j, given %j", (operator, values, given, met) => {
    const context = given === undefined ? {} : { [KEY.toUpperCase()]: given };
    expect(isMet({ operator, key: KEY, values: [values].flat() }, context)).toBe(met);
  });
});
