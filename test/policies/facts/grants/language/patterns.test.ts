import { describe, expect, test } from "vitest";
import { covers, coversArn, overlap } from "../../../../../policies/facts/grants/language/patterns.ts";

describe("a pattern covers another when all that the other matches is matched by it", () => {
  test.each([
    ["*", "anything"],
    ["*", "a*"],
    ["a*", "ab*"],
    ["a*", "a?"],
    ["a?c", "abc"],
    ["a*c*e", "abcde"],
    ["a*c*e", "a*c?e"],
    ["**", "*"],
    ["log-group:/a/*", "log-group:/a/b:*"],
    ["", ""],
  ])("%j covers %j", (wide, narrow) => {
    expect(covers(wide, narrow)).toBe(true);
  });

  test.each([
    ["a", "a*"],
    ["a?", "a*"],
    ["a?", "a"],
    ["ab*", "a*"],
    ["a*b", "a*"],
    ["a.c", "abc"],
    ["a+", "aa"],
    ["a", "A"],
    ["x${aws:username}", "x${aws:username}"],
    ["bucket/acme/*", "bucket/${aws:PrincipalTag/tenant}/*"],
    ["", "a"],
  ])("%j does not cover %j", (wide, narrow) => {
    expect(covers(wide, narrow)).toBe(false);
  });
});

describe("two patterns overlap when something is matched by both", () => {
  test.each([
    ["a*", "*b"],
    ["a*c", "ab?"],
    ["*a*", "*b*"],
    ["?", "a"],
    ["a*", "a"],
    ["*/production", "runtime/x-*"],
    ["bucket/${aws:PrincipalTag/tenant}/*", "bucket/acme/1"],
    ["a**b", "ab"],
    ["*ab", "*b"],
  ])("%j and %j do", (one, other) => {
    expect([overlap(one, other), overlap(other, one)]).toEqual([true, true]);
  });

  test.each([
    ["a*", "b*"],
    ["*a", "*b"],
    ["a?", "a"],
    ["a??", "ab"],
    ["", "?"],
    ["runtime/x-*", "gateway/*"],
    ["a*x*b", "ayyb"],
  ])("%j and %j do not", (one, other) => {
    expect([overlap(one, other), overlap(other, one)]).toEqual([false, false]);
  });

  test("each agrees with all texts of up to four letters", () => {
    const words = (length: number): readonly string[] =>
      length === 0 ? [""] : ["", ...words(length - 1).flatMap((it) => [`${it}a`, `${it}b`])];
    const texts = [...new Set(words(5))];
    const patterns = ["", "a", "*", "?", "a*", "*a", "?b", "a*b", "*a*", "a?*", "*?a", "b*a?", "??", "*b*a"];
    const matching = new Map(patterns.map((it) => [it, texts.filter((text) => covers(it, text))]));
    for (const one of patterns) {
      for (const other of patterns) {
        const both = (matching.get(one) ?? []).filter((it) => matching.get(other)?.includes(it));
        expect([one, other, overlap(one, other)]).toEqual([one, other, both.length > 0]);
        if (covers(one, other)) expect(matching.get(other)?.every((it) => covers(one, it))).toBe(true);
      }
    }
  });
});

test("ARNs are compared part by part: a wildcard does not reach past a colon", () => {
  const role = "arn:aws:iam::111122223333:role/a";
  expect(covers("arn:aws:iam::*", role)).toBe(true);
  expect(coversArn("arn:aws:iam::*", role)).toBe(false);
  expect(coversArn("arn:aws:iam::*:role/*", role)).toBe(true);
  expect(coversArn("arn:aws:logs:*:*:log-group:*", "arn:aws:logs:eu-west-1:1:log-group:/a:b")).toBe(true);
  expect(coversArn("*", role)).toBe(false);
});

describe("a wildcard in one part of an ARN", () => {
  const ARN = "arn:aws:s3:eu-west-1:111122223333:bucket/a";
  const others = ["aws-cn", "sqs", "us-east-1", "444455556666", "bucket/b"];

  test.each([
    ["partition", 1],
    ["service", 2],
    ["region", 3],
    ["account", 4],
    ["resource", 5],
  ] as const)("stands for any %s, and for no other part", (_, at) => {
    const [parts, wild] = [ARN.split(":"), ARN.split(":")];
    wild[at] = "*";
    const pattern = wild.join(":");
    for (const [i, other] of others.entries()) {
      const changed = parts.map((it, part) => (part === i + 1 ? other : it)).join(":");
      const expected = i + 1 === at;
      expect([changed, coversArn(pattern, changed)]).toEqual([changed, expected]);
      expect([changed, overlap(pattern, changed)]).toEqual([changed, expected]);
    }
    expect(coversArn(pattern, ARN)).toBe(true);
    expect(coversArn(ARN, pattern)).toBe(false);
  });

  test.each(["arn:a?s:s3:::b", "arn:aws:s?:::b", "arn:aws:s3:e?-west-1::b"])("may be one character: %s", (pattern) => {
    const exact = { "arn:a?s:s3:::b": "arn:aws:s3:::b", "arn:aws:s?:::b": "arn:aws:s3:::b" }[pattern];
    expect(coversArn(pattern, exact ?? "arn:aws:s3:eu-west-1::b")).toBe(true);
    expect(coversArn(pattern, "arn:aws:sqs:us-east-1::b")).toBe(false);
  });
});
