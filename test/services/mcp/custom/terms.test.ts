import { expect, test } from "vitest";
import { meaningOf } from "../../../../services/mcp/custom/terms.ts";

const terms = new Map([["SLO", "What was promised."]]);

test("a term is found whatever its case", () => {
  expect(meaningOf(terms, "slo")).toBe("What was promised.");
});

test.each(["tenant", "SLOs", "__proto__", ""])("%j has no meaning here", (term) => {
  expect(() => meaningOf(terms, term)).toThrow(expect.objectContaining({ code: "ERR_TERM_UNKNOWN", field: "term" }));
});
