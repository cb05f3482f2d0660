import { describe, expect, test } from "vitest";
import { applies, type Question } from "../../../../../policies/facts/grants/language/applies.ts";
import { readStatements } from "../../../../../policies/facts/policy-document.ts";

type Fields = Readonly<Record<string, unknown>>;

const GET = "s3:GetObject";
const OBJECT = "arn:aws:s3:::carlossalazar/a.txt";
const TENANTS = "arn:aws:s3:::${aws:PrincipalTag/t}/*";

/** Whether a statement, as JSON, applies to a request. */
function of(fields: Fields, question: Partial<Question> = {}): boolean | undefined {
  const statement = { Effect: "Allow", Action: GET, Resource: "arn:aws:s3:::*", ...fields };
  const [read] = readStatements(JSON.stringify({ Version: "2012-10-17", Statement: [statement] }), "policy");
  if (read === undefined) throw new Error("a statement must be read");
  return applies(read, { action: GET, resource: OBJECT, ...question });
}

describe("a statement applies as the policy evaluation logic of IAM's user guide has it", () => {
  test.each<[string, Fields, boolean | undefined]>([
    ["to its action and resource", {}, true],
    ["not to another action", { Action: "s3:PutObject" }, false],
    ["in another case of letters of the action", { Action: "S3:getOBJECT" }, true],
    ["to actions of a pattern", { Action: ["s3:Get*", "s3:List*"] }, true],
    ["not to another resource", { Resource: "arn:aws:s3:::b/*" }, false],
    ["not in another case of letters of the resource", { Resource: "arn:aws:s3:::CarlosSalazar/*" }, false],
    ["to all others, by NotAction", { Action: undefined, NotAction: "s3:Delete*" }, true],
    ["not to this one, by NotAction", { Action: undefined, NotAction: "s3:Get*" }, false],
    ["to all others, by NotResource", { Resource: undefined, NotResource: "arn:aws:s3:::b/*" }, true],
    ["not to this one, by NotResource", { Resource: undefined, NotResource: "arn:aws:s3:::carlos*" }, false],
    ["nobody can say, under a condition", { Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }, undefined],
    ["nobody can say, with a variable", { Resource: TENANTS }, undefined],
    ["nobody can say of a Deny with a variable", { Effect: "Deny", Resource: TENANTS }, undefined],
  ])("%s", (_, fields, truth) => {
    expect(of(fields)).toBe(truth);
  });

  test("to what a condition that is understood asks for, and to nothing else", () => {
    const Condition = { StringEquals: { "aws:ResourceAccount": "111122223333" } };
    const context = (account: string) => ({ context: { "aws:ResourceAccount": [account] } });
    expect(of({ Condition }, context("111122223333"))).toBe(true);
    expect(of({ Condition }, context("999988887777"))).toBe(false);
  });

  test("to a pattern where it applies to all that it matches", () => {
    const fields = { Action: "s3:Get*", Resource: "arn:aws:s3:::a/*" };
    expect(of(fields, { action: "s3:Get*", resource: "arn:aws:s3:::a/b*" })).toBe(true);
    expect(of(fields, { resource: "arn:aws:s3:::*" })).toBeUndefined();
    expect(of(fields, { resource: "arn:aws:s3:::b*" })).toBe(false);
  });
});
