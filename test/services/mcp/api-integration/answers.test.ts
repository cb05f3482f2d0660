import { describe, expect, test } from "vitest";
import type { Reply } from "../../../../services/mcp/api-integration/api.ts";
import { refuseErrorStatus } from "../../../../services/mcp/api-integration/answer/error-status.ts";
import { dataOf } from "../../../../services/mcp/api-integration/answer/reply-data.ts";
import { shaped, type Shape } from "../../../../services/mcp/api-integration/answer/shape.ts";
import { withoutAddresses, withoutSecrets } from "../../../../services/mcp/api-integration/http/redaction.ts";

const reply = (text: string, mediaType = "application/json", status = 200): Reply => ({ status, mediaType, text });
const refused = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe("the data of an answer", () => {
  test.each<[string, string, unknown]>([
    ["application/json", '{"a":[1]}', { a: [1] }],
    ["application/problem+json", "null", null],
    ["text/plain", "plain", "plain"],
    ["application/json", "", null],
    ["", " \n", null],
    [
      "application/xml",
      '<?xml version="1.0"?><s:a xmlns:s="u" b="1"><c>&#233;&amp;</c><c><![CDATA[<d>]]></c></s:a>',
      { a: { "@b": "1", c: ["é&", "<d>"] } },
    ],
    ["application/atom+xml", "<a>01</a>", { a: "01" }],
  ])("of type %s (%j) is read", (mediaType, text, data) => expect(dataOf(reply(text, mediaType))).toEqual(data));

  const laughs = `<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>`;
  test.each<[string, string, string]>([
    ["application/octet-stream", "bytes", "ERR_ANSWER_UNREADABLE"],
    ["image/png", "\u0089PNG", "ERR_ANSWER_UNREADABLE"],
    ["", "bytes", "ERR_ANSWER_UNREADABLE"],
    ["application/json", "{", "ERR_ANSWER_INVALID"],
    ["application/json", '{"a":1,"a":2}', "ERR_ANSWER_INVALID"],
    ["application/json", "[".repeat(1_000) + "]".repeat(1_000), "ERR_ANSWER_INVALID"],
    ["text/xml", laughs, "ERR_ANSWER_INVALID"],
    ["text/xml", `<!DocType a SYSTEM "file:///etc/passwd"><a/>`, "ERR_ANSWER_INVALID"],
    ["text/xml", "<a>", "ERR_ANSWER_INVALID"],
    ["text/xml", "<a></b>", "ERR_ANSWER_INVALID"],
    ["text/xml", "<__proto__><polluted>1</polluted></__proto__>", "ERR_ANSWER_INVALID"],
    ["text/xml", "<a>".repeat(10_000) + "</a>".repeat(10_000), "ERR_ANSWER_INVALID"],
  ])("of type %s (%.30j) is refused", (mediaType, text, code) => {
    expect(refused(() => dataOf(reply(text, mediaType)))).toBe(code);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe("an answer is shaped", () => {
  const shape = (data: unknown, changes: Partial<Shape> = {}) =>
    shaped({ data, notices: [] }, { maxBytes: 1_000, maxItems: 3, ...changes });
  const page = {
    orders: [
      { id: 1, secret: "x" },
      { id: 2, secret: "y" },
    ],
    next: "n",
    "a/b": { "~": 1 },
    total: 2,
  };

  test.each<[readonly string[], unknown]>([
    [["/orders/*/id"], { orders: [{ id: 1 }, { id: 2 }] }],
    [["/orders/1", "/next"], { orders: [{ id: 2, secret: "y" }], next: "n" }],
    [["/a~1b/~0"], { "a/b": { "~": 1 } }],
    [[""], page],
    [["/no"], {}],
    [["/next/further"], {}],
  ])("by the pointers %j", (keep, data) => expect(shape(page, { keep })).toEqual({ data, notices: [] }));

  test("by length of its lists, and says so", () => {
    const data = { list: [1, 2, 3, 4, 5], nested: [[1, 2, 3, 4]] };
    expect(shape(data)).toEqual({
      data: { list: [1, 2, 3], nested: [[1, 2, 3]] },
      notices: ["/list: 3 of 5 items", "/nested/0: 3 of 4 items"],
    });
  });

  test("by bytes, with shorter and shorter lists", () => {
    const data = { list: Array.from({ length: 100 }, (_, i) => ({ i, text: "x".repeat(100) })) };
    const { data: cut, notices } = shape(data, { maxItems: 100 });
    expect(Buffer.byteLength(JSON.stringify(cut))).toBeLessThanOrEqual(1_000);
    expect(notices).toEqual(["/list: 6 of 100 items"]);
  });

  test("unless nothing helps", () => {
    expect(refused(() => shape({ text: "x".repeat(2_000) }))).toBe("ERR_ANSWER_TOO_LARGE");
  });

  test("as text, cut between characters", () => {
    expect(shape("é".repeat(600), { maxBytes: 1_001 })).toEqual({
      data: "é".repeat(500),
      notices: ["the first 1001 of 1200 bytes"],
    });
  });
});

describe("an answer that says no", () => {
  test.each([
    [404, "application/json", "ERR_BACKEND_REFUSED", '{"why":"no such order"}'],
    [422, "text/plain", "ERR_BACKEND_REFUSED", '{"why":"no such order"}'],
    [404, "text/html", "ERR_BACKEND_REFUSED", ""],
    [500, "application/json", "ERR_BACKEND_FAILED", ""],
    [304, "application/json", "ERR_BACKEND_FAILED", ""],
  ])("by %i as %s is %s with the detail %j", (status, mediaType, code, detail) => {
    const refuse = () => refuseErrorStatus(reply('{"why":"no such order"}', mediaType, status));
    expect(refuse).toThrow(expect.objectContaining({ code, detail, message: `the backend answered ${status}` }));
  });

  test("is free of secrets in every writing", () => {
    const secret = 'p"ä/s+s';
    const forms = [secret, 'p\\"ä/s+s', encodeURIComponent(secret), Buffer.from(secret).toString("base64")];
    expect(withoutSecrets(forms.join(" "), [secret])).toBe(Array(4).fill("[removed]").join(" "));
  });

  test("is free of addresses", () => {
    const text =
      "orders.example.com at 10.1.2.3:8080 behind [fd00::12]:443, ::1 and db-1.orders.svc.cluster.local:5432 at 12:30, v1.2.3";
    expect(withoutAddresses(text, "orders.example.com")).toBe(
      "[removed] at [removed] behind [removed], [removed] and [removed] at 12:30, v1.2.3",
    );
  });
});
