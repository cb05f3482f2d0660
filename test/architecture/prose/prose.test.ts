import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import writeGood from "write-good";
import { documents } from "./documents.ts";
import { ROOT } from "../sources.ts";

/** Passive voice and "to be" are usual where the actor does not matter; both checks are off. */
const CHECKS = { passive: false, eprime: false };

/** Findings that are meant, and why. */
const MEANT: Readonly<Record<string, string>> = {
  only: "states a limit",
  exactly: "equality, not containment",
  "it is": "a plain sentence about something named before",
  "it was": "a plain sentence about something named before",
  hourly: "a period",
  however: "contrast",
  therefore: "a consequence",
  "type of": "a type of resource is the term of Pulumi",
  several: "more than one; how many does not matter there",
  many: "how many does not matter there",
  "is a number": "a value of the type number",
  advise: "the advisory level of a rule",
  minimum: "a bound",
  maximum: "a bound",
};

test.each(documents())("%s is plain English", (page) => {
  const text = proseOf(readFileSync(path.join(ROOT, page), "utf8"));
  const findings = writeGood(text, CHECKS)
    .map(({ index, offset, reason }) => ({ words: text.slice(index, index + offset), reason, index }))
    .filter(({ words }) => !Object.hasOwn(MEANT, words.toLowerCase()))
    .map(
      ({ words, reason, index }) => `"${words}": ${reason} (… ${text.slice(index, index + 60).replaceAll("\n", " ")})`,
    );
  expect(findings).toEqual([]);
});

test("what is not plain is found", () => {
  expect(writeGood("It is very obviously several things.", CHECKS).length).toBeGreaterThan(0);
});

/** A page without what is not prose: code, tables' rulers, quotations of the specification and addresses. Code becomes a number, each its own. */
function proseOf(page: string): string {
  let code = 0;
  const word = (): string => `code${(code += 1)}`;
  return page
    .replaceAll(/^```[^]*?^```/gm, "")
    .replaceAll(/<!--[^]*?-->/g, "")
    .replaceAll(/“[^”]*”/g, word)
    .replaceAll(/`[^`\n]*`/g, word)
    .replaceAll(/\]\([^)]*\)/g, "]");
}
