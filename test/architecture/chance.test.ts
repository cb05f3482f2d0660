import { expect, test } from "vitest";
import { sourcesIn } from "./sources.ts";

/** Up to seven hexadecimal digits: an identifier drawn by chance holds them once in a while. */
const FORBIDDEN = /\.not\.(?:toContain\("[0-9a-f]{1,7}"\)|toMatch\(\/[0-9a-f]{1,7}\/\))/;

test("no test forbids a text that an identifier drawn by chance may hold", () => {
  const found = sourcesIn(["test"]).flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, index) => (FORBIDDEN.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
  expect(found).toEqual([]);
});
