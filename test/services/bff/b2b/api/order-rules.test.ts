import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { RowChecker } from "../../../../../services/bff/b2b/batch/checking/row-checker.ts";
import { batchSchemas } from "../../../../../services/bff/b2b/batch/schemas.ts";
import { callsOf } from "./api-calls.ts";
import { type ApiFixture, apiFixture } from "./api-fixture.ts";

const RULES = { mostLines: 2, mostUnits: 10, skus: ["pan", "sp.*", "atlas*"] } as const;

let fixture: ApiFixture;
beforeAll(async () => {
  fixture = await apiFixture(RULES);
});
afterAll(() => fixture.close());

const { orders, place } = callsOf(() => fixture);
const line = (sku: string, quantity = 1) => ({ sku, quantity });

describe("an order that the tenant's rules do not allow is refused, and the rule is named:", () => {
  test.each<[string, readonly object[], readonly string[]]>([
    ["too many lines", [line("pan"), line("pan"), line("pan")], ["/lines must have at most 2 lines (rule mostLines)"]],
    [
      "too many units together",
      [line("pan", 6), line("atlas", 5)],
      ["/lines must be of at most 10 units together (rule mostUnits)"],
    ],
    ["what partners may not order", [line("spade")], ["/lines/0/sku is none that partners may order (rule skus)"]],
    ["a number that only ends as one that is allowed", [line("saucepan")], [expect.stringContaining("(rule skus)")]],
    ["a number in other letters", [line("PAN")], [expect.stringContaining("(rule skus)")]],
    [
      "all of it at once",
      [line("pan", 9), line("spade", 9), line("pan")],
      [
        expect.stringContaining("(rule mostLines)"),
        expect.stringContaining("(rule mostUnits)"),
        "/lines/1/sku is none that partners may order (rule skus)",
      ],
    ],
  ])("%s", async (_, lines, faults) => {
    const before = await orders();
    const { status, headers, json } = await place({ json: { lines } });
    expect([status, headers.get("content-type")]).toEqual([422, "application/problem+json"]);
    const errors = json["errors"] as readonly { readonly pointer: string; readonly detail: string }[];
    expect(errors.map(({ pointer, detail }) => `${pointer} ${detail}`)).toEqual(faults);
    expect(await orders()).toEqual(before);
  });

  test("by SOAP as well", async () => {
    const body =
      '<PlaceOrder xmlns="urn:alicerce:partner:orders:v1"><Line><Sku>spade</Sku><Quantity>1</Quantity></Line></PlaceOrder>';
    const response = await fetch(`${fixture.acme}/v1/soap/orders`, {
      method: "POST",
      headers: {
        "x-api-key": fixture.partners.acme.keys["metal-works"],
        "content-type": "text/xml",
        "idempotency-key": "by-soap",
      },
      body: `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>${body}</e:Body></e:Envelope>`,
    });
    expect(await response.text()).toContain("the tenant takes no such order");
    expect(response.status).toBe(500);
  });
});

test("an order within the rules is placed", async () => {
  const { status } = await place({ json: { lines: [line("pan", 5), line("atlas", 5)] } });
  expect(status).toBe(201);
});

describe("a row of a file is held to the rules that are about one line:", () => {
  const checker = new RowChecker(batchSchemas(RULES));
  const faultsOf = (sku: string, quantity: number) => {
    const checked = checker.check({ number: 1, value: { sku, quantity } }, "order-lines", "json-lines");
    return "faults" in checked ? checked.faults.map((fault) => fault.field) : [];
  };

  it.each<[string, number, readonly string[]]>([
    ["pan", 10, []],
    ["sp.x", 1, []],
    ["spax", 1, ["/sku"]],
    ["pan", 11, ["/quantity"]],
  ])("%s × %d", (sku, quantity, faults) => {
    expect(faultsOf(sku, quantity)).toEqual(faults);
  });

  it("without rules, to the form alone", () => {
    const free = new RowChecker(batchSchemas({}));
    const row = { number: 1, value: { sku: "anything", quantity: 1_000_000 } };
    expect(free.check(row, "order-lines", "json-lines")).not.toHaveProperty("faults");
  });
});
