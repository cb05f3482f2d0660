import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { urlOf } from "../../../../services/mcp/api-integration/http/exchange.ts";
import { NO_PROOF } from "../../../../services/mcp/api-integration/http/authentication.ts";
import type { RestOperation } from "../../../../services/mcp/api-integration/rest/binding.ts";
import { restRequest } from "../../../../services/mcp/api-integration/rest/request.ts";

const operation: RestOperation = {
  method: "GET",
  path: "/orders/{id}/lines.{line}",
  fixedQuery: [["v", "1"]],
  bindings: [
    { name: "id", in: "path", wireName: "id" },
    { name: "line", in: "path", wireName: "line" },
    { name: "tags", in: "query", wireName: "tags" },
    { name: "joined", in: "query", wireName: "joined", isJoined: true },
    { name: "X-It", in: "header", wireName: "X-It" },
  ],
  isIdempotent: false,
};
const frame = { baseUrl: new URL("https://it.example.com/base/"), proof: NO_PROOF };
const HOSTILE = [
  ".",
  "/",
  "\\",
  "%",
  "2",
  "5",
  "e",
  "E",
  "f",
  "F",
  "0",
  "a",
  "?",
  "#",
  ":",
  "@",
  ";",
  "\u0000",
  "é",
  " ",
];
const refused = expect.objectContaining({ code: "ERR_ARGUMENT_INVALID" }) as Error;

describe("the arguments of an operation", () => {
  test("go where the description has them", () => {
    const args = { id: "a b?#é", line: 7, tags: ["x&y", true], joined: ["p", "q"], "X-It": "v" };
    const request = restRequest(operation, args);
    expect(urlOf(request, frame).href).toBe(
      "https://it.example.com/base/orders/a%20b%3F%23%C3%A9/lines.7?v=1&tags=x%26y&tags=true&joined=p%2Cq",
    );
    expect(request.headers).toEqual({ accept: "application/json", "x-it": "v" });
  });

  test.each([
    ...["..", ".", "", "../admin", "a/../../b", "a/b", "..%2fadmin", "%2e%2e", "%2E%2E%2Fadmin", "%252e%252e%252f"],
    ...["..\\admin", "%5c..", "a\nb", "a\u0000b", "%00", "a%0d%0ab", "\ud800"],
  ])("%j stays out of a path", (id) => expect(() => restRequest(operation, { id, line: 1 })).toThrow(refused));

  test.each(["a\r\nx-evil: 1", "a\nb", "\u0000", "é", " a", "a ", ""])("%j stays out of a header", (value) =>
    expect(() => restRequest(operation, { id: 1, line: 1, "X-It": value })).toThrow(refused),
  );

  test.each([{ id: { a: 1 } }, { id: [{}] }, { line: 2 }])("of another shape (%j) are refused", (args) =>
    expect(() => restRequest(operation, { line: 1, ...args })).toThrow(refused),
  );

  test("never leave the operation's own path, whatever they are", () => {
    const hostile = fc.string({ unit: fc.constantFrom(...HOSTILE) });
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: "binary" })), hostile, (id, line) => {
        let url: URL;
        try {
          url = urlOf(restRequest(operation, { id, line }), frame);
        } catch (error) {
          expect(error).toMatchObject({ code: "ERR_ARGUMENT_INVALID" });
          return;
        }
        const [, base, orders, first, second, ...more] = url.pathname.split("/");
        expect([url.origin, base, orders, more]).toEqual(["https://it.example.com", "base", "orders", []]);
        expect(decodeURIComponent(first ?? "")).toBe(id);
        expect(decodeURIComponent(second ?? "")).toBe(`lines.${line}`);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("a request", () => {
  const key: RestOperation = {
    ...operation,
    method: "POST",
    path: "/orders",
    bindings: [
      { name: "body", in: "body", wireName: "body" },
      { name: "Idempotency-Key", in: "header", wireName: "Idempotency-Key" },
    ],
    idempotencyKey: "Idempotency-Key",
  };

  test("that a key makes repeatable has one, the caller's or a new one", () => {
    const given = restRequest(key, { body: { a: 1 }, "Idempotency-Key": "mine-mine" });
    expect(given).toMatchObject({ isIdempotent: true, body: '{"a":1}', headers: { "idempotency-key": "mine-mine" } });
    const [first, second] = [restRequest(key, {}), restRequest(key, {})];
    expect(first.headers["idempotency-key"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(first.headers["idempotency-key"]).not.toBe(second.headers["idempotency-key"]);
  });

  test.each([
    ["GET", true],
    ["HEAD", true],
    ["PUT", true],
    ["DELETE", true],
    ["POST", false],
    ["PATCH", false],
  ] as const)("by %s may be repeated: %s", (method, isIdempotent) =>
    expect(restRequest({ ...operation, method }, { id: 1, line: 1 }).isIdempotent).toBe(isIdempotent),
  );
});
