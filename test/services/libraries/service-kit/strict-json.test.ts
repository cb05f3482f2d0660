import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BoundedCache } from "../../../../services/libraries/service-kit/bounded-cache.ts";
import { JsonFault, parseStrictJson } from "../../../../services/libraries/service-kit/strict-json.ts";

describe("strict JSON", () => {
  it("reads whatever JSON.stringify writes", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(3), (text, indent) => {
        const spaced = JSON.stringify(JSON.parse(text), null, indent);
        expect(parseStrictJson(spaced)).toEqual(JSON.parse(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it("refuses a key that is given twice, however it is written and wherever it stands", () => {
    const key = fc.string({ minLength: 1 });
    const nest = fc.array(fc.constantFrom("[1,%]", '{"it":%}', "[[%],{}]"), { maxLength: 5 });
    fc.assert(
      fc.property(key, nest, (name, around) => {
        const escaped = Array.from(name, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
        const object = `{${JSON.stringify(name)}:1,"\\\\":[{}],"${escaped}":"}"}`;
        const text = around.reduce((inner, outer) => outer.replace("%", () => inner), object);
        expect(() => parseStrictJson(text)).toThrow(JsonFault);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(["", "{", '{"a":1}x', "[1,]", "NaN", "'a'", '"\ud800"', '{"\\ud800":1}', "[".repeat(65) + "]".repeat(65)])(
    "refuses %j",
    (text) => {
      expect(() => parseStrictJson(text)).toThrow(JsonFault);
    },
  );

  it("refuses nesting that would exhaust a parser, at once", () => {
    expect(() => parseStrictJson("[".repeat(3_000_000))).toThrow("nested deeper than 64");
  });
});

describe("a bounded cache", () => {
  it("forgets what was unused for longest, and what is out of time", () => {
    let now = 0;
    const cache = new BoundedCache<number>(2, () => now);
    cache.set("a", 1, 10);
    cache.set("b", 2, 100);
    cache.get("a");
    cache.set("c", 3, 100);
    expect([cache.get("a"), cache.get("b"), cache.get("c"), cache.size]).toEqual([1, undefined, 3, 2]);
    now = 10;
    cache.set("d", 4, 0);
    expect([cache.get("a"), cache.get("c"), cache.get("d")]).toEqual([undefined, 3, undefined]);
  });
});
