import { describe, expect, test } from "vitest";
import type { Context } from "../../../../../policies/facts/grants/language/conditions.ts";
import type { Asker } from "../../../../../policies/facts/grants/language/applies.ts";
import { evaluate, type Layers, type ResourcePolicy } from "../../../../../policies/facts/grants/language/evaluate.ts";
import { readStatements, type Statement } from "../../../../../policies/facts/policy-document.ts";

type Fields = Readonly<Record<string, unknown>>;

const ROLE = "arn:aws:iam::111122223333:role/reader";
const asker = { arn: ROLE, account: "111122223333" };
const GET = "s3:GetObject";
const OBJECT = "arn:aws:s3:::carlossalazar/a.txt";

function statements(...list: readonly Fields[]): readonly Statement[] {
  return readStatements(JSON.stringify({ Version: "2012-10-17", Statement: list }), "policy");
}

const allow = (change: Fields = {}): Fields => ({
  Effect: "Allow",
  Action: GET,
  Resource: "arn:aws:s3:::*",
  ...change,
});
const deny = (change: Fields = {}): Fields => allow({ Effect: "Deny", ...change });
const to = (AWS: string, change: Fields = {}): Fields => allow({ Principal: { AWS }, ...change });
const ours = (...list: readonly Fields[]): ResourcePolicy => ({
  statements: statements(...list),
  account: "111122223333",
});
const theirs = (...list: readonly Fields[]): ResourcePolicy => ({
  statements: statements(...list),
  account: "999988887777",
});
const decisive = (...list: readonly Fields[]): ResourcePolicy => ({
  statements: statements(...list),
  account: "111122223333",
  isDecisive: true,
});

function decide(
  layers: Layers,
  change: { asker?: Asker; action?: string; resource?: string; context?: Context } = {},
): string {
  const decision = evaluate({ asker, action: GET, resource: OBJECT, ...change }, layers);
  if (decision.outcome !== "denied") return decision.outcome;
  return decision.by === undefined ? `not by ${decision.layer}` : "explicitly denied";
}

describe("a request is decided as the policy evaluation logic of IAM's user guide has it", () => {
  test.each<[string, Layers, string]>([
    ["nothing says anything", {}, "not by identity"],
    ["an identity policy allows", { identity: statements(allow()) }, "allowed"],
    ["it allows another action", { identity: statements(allow({ Action: "s3:PutObject" })) }, "not by identity"],
    ["it allows in another case of letters", { identity: statements(allow({ Action: "S3:getOBJECT" })) }, "allowed"],
    [
      "it allows another resource",
      { identity: statements(allow({ Resource: "arn:aws:s3:::b/*" })) },
      "not by identity",
    ],
    ["a Deny beats it, whatever the order", { identity: statements(deny(), allow()) }, "explicitly denied"],
    [
      "a Deny of the resource's policy",
      { identity: statements(allow()), resource: ours(deny({ Principal: "*" })) },
      "explicitly denied",
    ],
    [
      "a Deny in the boundary",
      { identity: statements(allow()), boundary: statements(allow(), deny()) },
      "explicitly denied",
    ],
    ["the boundary allows too", { identity: statements(allow()), boundary: statements(allow()) }, "allowed"],
    ["the boundary does not", { identity: statements(allow()), boundary: statements() }, "not by boundary"],
    ["a boundary alone grants nothing", { boundary: statements(allow()) }, "not by identity"],
    ["the resource's policy names the role", { resource: ours(to(ROLE)) }, "allowed"],
    [
      "it does, and the boundary does not allow",
      { resource: ours(to(ROLE)), boundary: statements() },
      "not by identity",
    ],
    [
      "it names everybody, and the boundary does not allow",
      { resource: ours(to("*")), boundary: statements() },
      "undetermined",
    ],
    ["it names the account: IAM decides", { resource: ours(to("111122223333")) }, "not by identity"],
    [
      "it names the account, and IAM allows",
      { identity: statements(allow()), resource: ours(to("arn:aws:iam::111122223333:root")) },
      "allowed",
    ],
    ["it names another role", { resource: ours(to("arn:aws:iam::111122223333:role/other")) }, "not by identity"],
    ["another account's policy names the role alone", { resource: theirs(to(ROLE)) }, "not by identity"],
    [
      "an identity policy alone, for another account's resource",
      { identity: statements(allow()), resource: theirs() },
      "not by resource",
    ],
    ["both allow across accounts", { identity: statements(allow()), resource: theirs(to("111122223333")) }, "allowed"],
    ["a key's policy says nothing", { identity: statements(allow()), resource: decisive() }, "not by resource"],
    [
      "a key's policy leaves it to IAM",
      { identity: statements(allow()), resource: decisive(to("111122223333")) },
      "allowed",
    ],
    ["a key's policy names the role", { resource: decisive(to(ROLE)) }, "allowed"],
    [
      "an endpoint lets through",
      { identity: statements(allow()), endpoint: statements(allow({ Principal: "*" })) },
      "allowed",
    ],
    [
      "an endpoint does not",
      { identity: statements(allow()), endpoint: statements(allow({ Principal: "*", Action: "s3:ListBucket" })) },
      "not by endpoint",
    ],
    [
      "NotAction allows all others",
      { identity: statements(allow({ Action: undefined, NotAction: "s3:Delete*" })) },
      "allowed",
    ],
    [
      "NotAction of this one",
      { identity: statements(allow({ Action: undefined, NotAction: "s3:Get*" })) },
      "not by identity",
    ],
    [
      "NotResource denies all others",
      { identity: statements(allow(), deny({ Resource: undefined, NotResource: "arn:aws:s3:::b/*" })) },
      "explicitly denied",
    ],
    [
      "NotPrincipal spares the role",
      { identity: statements(allow()), resource: ours(deny({ NotPrincipal: { AWS: ROLE } })) },
      "allowed",
    ],
    [
      "NotPrincipal does not spare it",
      { identity: statements(allow()), resource: ours(deny({ NotPrincipal: { AWS: `${ROLE}2` } })) },
      "explicitly denied",
    ],
    [
      "a condition that cannot be told",
      { identity: statements(allow({ Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } })) },
      "undetermined",
    ],
    [
      "a Deny under one",
      { identity: statements(allow(), deny({ Condition: { DateLessThan: { "aws:CurrentTime": "2027-01-01" } } })) },
      "undetermined",
    ],
    [
      "a variable in the resource",
      { identity: statements(allow({ Resource: "arn:aws:s3:::${aws:PrincipalTag/t}/*" })) },
      "undetermined",
    ],
    [
      "a variable in a Deny",
      { identity: statements(allow(), deny({ Resource: "arn:aws:s3:::${aws:PrincipalTag/t}/*" })) },
      "undetermined",
    ],
  ])("%s", (_, layers, outcome) => {
    expect(decide(layers)).toBe(outcome);
  });

  test("the documented example: an identity policy that allows all of S3, and a bucket whose policy denies one user", () => {
    const identity = statements(
      { Sid: "AllowS3ListRead", Effect: "Allow", Action: ["s3:GetBucketLocation", "s3:List*"], Resource: "*" },
      {
        Sid: "AllowS3Self",
        Effect: "Allow",
        Action: "s3:*",
        Resource: ["arn:aws:s3:::carlossalazar/*", "arn:aws:s3:::carlossalazar"],
      },
      { Sid: "DenyS3Logs", Effect: "Deny", Action: "s3:*", Resource: "arn:aws:s3:::*log*" },
    );
    expect(decide({ identity })).toBe("allowed");
    expect(decide({ identity }, { action: "s3:DeleteObject", resource: "arn:aws:s3:::carlossalazar/b.log" })).toBe(
      "explicitly denied",
    );
    expect(decide({ identity }, { resource: "arn:aws:s3:::other/a.txt" })).toBe("not by identity");
    expect(decide({ identity }, { action: "s3:ListAllMyBuckets", resource: "*" })).toBe("undetermined");
  });

  test("a question about a pattern is answered for all that it matches", () => {
    const identity = statements(allow({ Action: ["s3:Get*"], Resource: "arn:aws:s3:::a/*" }));
    expect(decide({ identity }, { action: "s3:Get*", resource: "arn:aws:s3:::a/b*" })).toBe("allowed");
    expect(decide({ identity }, { resource: "arn:aws:s3:::*" })).toBe("undetermined");
    expect(decide({ identity }, { resource: "arn:aws:s3:::b*" })).toBe("not by identity");
  });

  test("an AWS service is allowed by the resource's policy alone", () => {
    const service = { asker: { service: "lambda.amazonaws.com" } };
    const grant = allow({ Principal: { Service: "lambda.amazonaws.com" } });
    expect(decide({ resource: ours(grant) }, service)).toBe("allowed");
    expect(decide({ identity: statements(allow()), resource: ours(to(ROLE)) }, service)).toBe("not by resource");
  });

  test("the statement that denies or allows is told", () => {
    const layers = { identity: statements(allow(), deny({ Action: "s3:GetObject" })) };
    expect(evaluate({ asker, action: GET, resource: OBJECT }, layers).by).toBe(layers.identity[1]);
    expect(evaluate({ asker, action: GET, resource: OBJECT }, { identity: layers.identity.slice(0, 1) }).by).toEqual([
      layers.identity[0],
    ]);
  });
});
