import { expect, test } from "vitest";
import { unnamedSources, writtenDown } from "./named-sources.ts";

test("the list of source files that no test names is up to date: run `node test/architecture/named-sources.ts`", () => {
  expect(writtenDown()).toEqual(unnamedSources());
});
