import { describe, expect, it } from "vitest";
import { RowChecker } from "../../../../../services/bff/b2b/batch/checking/row-checker.ts";
import { sanitised } from "../../../../../services/bff/b2b/batch/checking/sanitise.ts";

const checker = new RowChecker({
  orders: {
    type: "object",
    required: ["sku", "quantity"],
    additionalProperties: false,
    properties: {
      sku: { type: "string", pattern: "^[A-Z0-9-]+$" },
      quantity: { type: "integer", minimum: 1 },
      note: { type: "string", maxLength: 100 },
      gift: { type: "boolean" },
    },
  },
});

const check = (value: { [name: string]: unknown }, format: "csv" | "json-lines" = "json-lines") =>
  checker.check({ number: 3, value }, "orders", format);

describe("a row", () => {
  it("of texts gets the types of its schema; one of JSON must have them", () => {
    const texts = { sku: "A-1", quantity: "2", gift: "true" };
    expect(check({ ...texts }, "csv")).toEqual({ number: 3, value: { sku: "A-1", quantity: 2, gift: true } });
    expect(check({ ...texts })).toMatchObject({
      faults: [{ code: "ERR_ROW_INVALID", field: "/quantity" }, { field: "/gift" }],
    });
  });

  it("has all that is wrong with it named, and nothing of what it says", () => {
    const result = check({ sku: "secret value", quantity: 0, other: 1 });
    expect(result).toMatchObject({ faults: [{}, {}, {}] });
    expect(JSON.stringify(result)).not.toContain("secret value");
    expect(check({ sku: "A" })).toMatchObject({ faults: [{ field: "/quantity", message: /required/ }] } as never);
  });

  it("that could not be read keeps the fault that it has", () => {
    const fault = { code: "ERR_ROW_SYNTAX", message: "no" } as const;
    expect(checker.check({ number: 1, fault }, "orders", "csv")).toEqual({ number: 1, faults: [fault] });
  });

  it("is checked by schemas that there are", () => {
    expect([checker.has("orders"), checker.has("constructor"), checker.has("")]).toEqual([true, false, false]);
    expect(() => checker.check({ number: 1, value: {} }, "constructor", "csv")).toThrow(TypeError);
    expect(() => new RowChecker({ wrong: { type: "strange" } })).toThrow();
  });
});

describe("a text", () => {
  it.each(["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1", "  =HYPERLINK(1)", "＝1+1x", "\r=x"])(
    "that would be a formula in a spreadsheet is none any more: %j",
    (text) => expect(sanitised({ a: [text] })).toEqual({ value: { a: [`'${text}`] } }),
  );

  it.each(["-5", "+55 11 91234-5678", "-1.5", "1=1", "a@b.c", "", "x\ny\tz"])(
    "that is none stays as it is: %j",
    (text) => expect(sanitised(text)).toEqual({ value: text }),
  );

  it("is normalised", () => {
    expect(sanitised("e\u0301")).toEqual({ value: "é" });
  });

  it.each([
    ["a\u0000b", "ERR_ROW_CHARACTERS"],
    ["a\u001b[31m", "ERR_ROW_CHARACTERS"],
    ["a\u{FFFD}", "ERR_ROW_ENCODING"],
  ])("%j is refused, wherever it stands", (text, code) => {
    expect(sanitised({ "a/b": [{ c: text }] })).toMatchObject({ fault: { code, field: "/a~1b/0/c" } });
  });

  it("named __proto__ stays a field", () => {
    const value: unknown = JSON.parse('{"a":{"__proto__":{"admin":true}}}');
    const clean = sanitised(value) as { value: { a: { admin?: boolean } } };
    expect(clean.value.a.admin).toBeUndefined();
    expect(JSON.stringify(clean.value)).toBe('{"a":{"__proto__":{"admin":true}}}');
  });
});
