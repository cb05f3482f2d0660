import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { documents } from "./documents.ts";
import { FOLDERS, ROOT, sourcesIn } from "../sources.ts";

/** Words that docs/glossary.md has replaced by the field's own. */
const WORDS =
  /\b(doors?|lanes?|surfaces?|wear|wears|wearers?|bites?|talkative|brief|taught|teachings?|unmade|made anew|foresee[ns]?|foreseen|conceal(?:s|ed)?|strikes?|nursery|surroundings|vouch(?:es|ed|ing)?|brain)\b/i;

/** The same in names of code; `sameSite` is an attribute of cookies. */
const NAMES =
  /[a-z](?:(?<!\b[sS]ame)Site|Ground|Surroundings|Door|Lane|Surface)\b|\b(?:Door|Lane|Surface|Visit|Surroundings)(?=[A-Z]|\b)/;

/** Where the words themselves are named. */
const NAMED = ["docs/glossary.md", "test/architecture/prose/words.test.ts"];

test("retired words stand in the glossary alone", () => {
  const texts = [
    ...sourcesIn(FOLDERS),
    ...documents().map((it) => ({ path: it, text: readFileSync(path.join(ROOT, it), "utf8") })),
  ].filter((it) => !NAMED.includes(it.path));
  const found = texts.flatMap(({ path: file, text }) =>
    text.split("\n").flatMap((line, i) => {
      const word = (WORDS.exec(line) ?? NAMES.exec(line))?.[0];
      return word === undefined ? [] : [`${file}:${i + 1} ${word}`];
    }),
  );
  expect(texts.length).toBeGreaterThan(500);
  expect(found).toEqual([]);
});

test.each(["the door of a gateway", "TenantSite", "class Visit {", "it vouches for", "Vouches for it", "a plan lane"])(
  "%s is found",
  (text) => {
    expect(WORDS.test(text) || NAMES.test(text)).toBe(true);
  },
);
