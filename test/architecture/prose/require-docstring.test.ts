import { Linter } from "eslint";
import tseslint from "typescript-eslint";
import { expect, test } from "vitest";
import { requireDocstring } from "./require-docstring.ts";

const config: Linter.Config = {
  files: ["**/*.ts"],
  languageOptions: { parser: tseslint.parser },
  plugins: { ours: { rules: { "require-docstring": requireDocstring } } },
  rules: { "ours/require-docstring": "error" },
};
const linesOf = (text: string): readonly number[] =>
  new Linter().verify(text, config, "a.ts").map(({ line, messageId, message }) => {
    expect(messageId, message).toBe("missing");
    return line;
  });

test.each<[string, string, readonly number[]]>([
  ["a function with a docstring", "/** Adds. */\nexport function add() {}", []],
  ["a function without one", "export function add() {}", [1]],
  ["a comment that is no docstring", "// Adds.\nexport const a = 1;\n/* Adds. */\nexport const b = 1;", [2, 4]],
  ["types and classes", "export interface A {}\nexport type B = 1;\nexport class C {}", [1, 2, 3]],
  ["a default export", "export default 1;", [1]],
  ["more signatures of one function", "/** Is. */\nexport function a(x: 1): 1;\nexport function a(x: 2): 2;", []],
  ["a function after another one", "/** Is. */\nexport function a() {}\nexport function b() {}", [3]],
  ["what is not exported, and what is passed on", 'const a = 1;\nexport { a };\nexport * from "b";', []],
  ["a rule with its description", 'export const a = rule({ description: "Is." });', []],
  ["a call of something else", "export const a = make({});", [1]],
])("of %s", (_, text, lines) => {
  expect(linesOf(text)).toEqual(lines);
});
