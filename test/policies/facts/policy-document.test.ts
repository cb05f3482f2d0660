import { describe, expect, test } from "vitest";
import { readStatements } from "../../../policies/facts/policy-document.ts";

type Fields = Readonly<Record<string, unknown>>;

const allow = (change: Fields = {}): Fields => ({ Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...change });
const to = (AWS: string): Fields => allow({ Principal: { AWS } });

describe("a document is read as IAM's grammar has it", () => {
  test.each<[string, unknown]>([
    ["one statement instead of a list", { Statement: allow() }],
    ["a document as an object", { Version: "2012-10-17", Statement: [allow()] }],
    [
      "booleans and numbers in conditions",
      { Statement: allow({ Condition: { Bool: { "aws:SecureTransport": true } } }) },
    ],
    [
      "every form of a principal",
      { Statement: [to("*"), allow({ Principal: "*" }), allow({ Principal: { AWS: ["1"], Service: "x" } })] },
    ],
  ])("%s is read", (_, document) => {
    expect(readStatements(document, "policy").length).toBeGreaterThan(0);
    expect(readStatements(JSON.stringify(document), "policy").every((it) => it.allows)).toBe(true);
  });

  test.each<[string, unknown, string]>([
    ["an element that is not known", { Statement: allow({ Actions: "s3:*" }) }, '"Actions"'],
    ["an element of the document that is not known", { Statements: [] }, '"Statements"'],
    ["an element in another case of letters", { Statement: allow({ condition: {} }) }, '"condition"'],
    ["an effect that is not known", { Statement: allow({ Effect: "allow" }) }, "Allow nor Deny"],
    ["a statement that is a text", { Statement: "Allow" }, "an object must be"],
    ["a document that is a list", [allow()], "an object must be"],
  ])("%s is not", (_, document, message) => {
    expect(() => readStatements(document, "policy")).toThrow(message);
  });

  test.each<[string, Fields]>([
    ["an action", { Action: ["s3:GetObject", {}] }],
    ["a principal", { Principal: ["*"] }],
    ["a principal's id", { Principal: { AWS: [["*"]] } }],
    ["a condition's value", { Condition: { StringEquals: { "aws:SourceAccount": { a: "1" } } } }],
  ])("what is no text for %s is not", (_, change) => {
    expect(() => {
      const [it] = readStatements({ Statement: allow(change) }, "policy");
      return [it?.actions, it?.principals, it?.conditions];
    }).toThrow("it");
  });
});
