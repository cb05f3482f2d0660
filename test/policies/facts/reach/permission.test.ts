import { describe, expect, it } from "vitest";
import { Value } from "../../../../policies/engine/value.ts";
import { Statement } from "../../../../policies/facts/policy-document.ts";
import { allows, isFor, mayDeny } from "../../../../policies/facts/reach/permission.ts";

const CALL = {
  action: "kms:Decrypt",
  resource: "arn:aws:kms:eu-west-1:1:key/a",
  context: { "kms:viaservice": "s3.eu-west-1.amazonaws.com", "aws:principalarn": "arn:aws:iam::1:role/a" },
};
const statement = (more: object): Statement =>
  new Statement(new Value({ Effect: "Allow", Action: "kms:*", Resource: "arn:aws:kms:*:1:key/*", ...more }));
const condition = (operator: string, key: string, value: string): object => ({
  Condition: { [operator]: { [key]: value } },
});

describe("a call that must be possible", () => {
  it.each<[string, object]>([
    ["what matches", {}],
    ["a condition that is met", condition("StringEquals", "kms:ViaService", "s3.eu-west-1.amazonaws.com")],
    ["a pattern that is met", condition("StringLike", "kms:ViaService", "s3.*.amazonaws.com")],
    ["everything except a list", { Action: undefined, NotAction: "kms:Encrypt" }],
    ["a set operator", condition("ForAnyValue:StringEquals", "kms:ViaService", "s3.eu-west-1.amazonaws.com")],
    ["a negation that is met", condition("ArnNotEquals", "aws:PrincipalArn", "arn:aws:iam::1:role/b")],
  ])("is allowed by %s", (_, more) => {
    expect(allows([statement(more)], CALL)).toBe(true);
  });

  it.each<[string, object]>([
    ["another action", { Action: "kms:Encrypt" }],
    ["another resource", { Resource: "arn:aws:kms:*:2:key/*" }],
    ["everything except a list that names it", { Action: undefined, NotAction: "kms:Decrypt" }],
    ["a condition that is not met", condition("StringEquals", "kms:ViaService", "sqs.eu-west-1.amazonaws.com")],
    ["a condition on what is not known", condition("StringEquals", "aws:SourceVpce", "vpce-1")],
    ["an operator that is not understood", condition("IpAddress", "aws:SourceIp", "10.0.0.0/8")],
    ["a set operator that is not met", condition("ForAnyValue:StringEquals", "kms:ViaService", "sqs.amazonaws.com")],
  ])("is not allowed by %s", (_, more) => {
    expect(allows([statement(more)], CALL)).toBe(false);
  });

  it.each<[string, object, boolean]>([
    ["what matches", {}, true],
    ["a condition that is not understood", condition("Bool", "aws:SecureTransport", "false"), true],
    ["everything except a list", { Action: undefined, NotAction: "kms:Encrypt" }, true],
    ["another resource", { Resource: "arn:aws:kms:*:2:key/*" }, false],
    ["a condition that excepts it", condition("ArnNotEquals", "aws:PrincipalArn", "arn:aws:iam::1:role/a"), false],
  ])("is refused by a denial of %s: %#", (_, more, expected) => {
    expect(mayDeny([statement({ Effect: "Deny", ...more })], CALL)).toBe(expected);
  });

  it("is asked by a role that its ARN, its account or everybody stands for", () => {
    const role = "arn:aws:iam::111122223333:role/a";
    const principals = [
      "*",
      { AWS: role },
      { AWS: "arn:aws:iam::111122223333:root" },
      { AWS: ["arn:aws:iam::111122223333:role/b"] },
    ];
    expect(principals.map((Principal) => isFor(statement({ Principal }), role))).toEqual([true, true, true, false]);
  });
});
