import { describe, expect, test } from "vitest";
import { UnreadableDocument } from "../../../../../policies/engine/unreadable-document.ts";
import { parseJson } from "../../../../../policies/facts/grants/language/json-text.ts";

describe("a policy's JSON text", () => {
  test.each([
    ['{"a": 1, "b": [ {"a": 2}, {"a": "{,"} ]}', { a: 1, b: [{ a: 2 }, { a: "{," }] }],
    ['{"a\\"b":1,"a":"a"}', { 'a"b': 1, a: "a" }],
    ['["a","a"]', ["a", "a"]],
    ["{}", {}],
  ])("%s is read", (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  test.each([
    ["no JSON", "not json", "it is no JSON"],
    ["a cut text", '{"Statement": [', "it is no JSON"],
    ["a repeated key", '{"Effect":"Deny","Effect":"Allow"}', 'it says "Effect" twice in one place'],
    ["a repeated key further down", '{"a":[{"b":{"c":1, "d":2, "c":3}}]}', 'it says "c" twice in one place'],
    [
      "a key that is repeated in another spelling",
      '{"Effect":1,"\\u0045ffect":2}',
      'it says "Effect" twice in one place',
    ],
    ["a text of fifty-one levels", `${"[".repeat(51)}${"]".repeat(51)}`, "it is nested too deep"],
    ["a text of very many levels", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, /too deep|no JSON/],
  ])("%s is not", (_, text, message) => {
    expect(() => parseJson(text)).toThrow(UnreadableDocument);
    expect(() => parseJson(text)).toThrow(message);
  });
});
