import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { strictXml } from "../../../../../services/libraries/service-kit/strict-xml.ts";
import { admitPartner } from "../../../../../services/bff/b2b/partners/admission.ts";
import { type ApiFixture, apiFixture } from "../api/api-fixture.ts";
import { callsOf } from "../api/api-calls.ts";

const SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/";
const SOAP_12 = "http://www.w3.org/2003/05/soap-envelope";
const ORDERS = "urn:alicerce:partner:orders:v1";

let it: ApiFixture;
beforeAll(async () => {
  it = await apiFixture();
});
afterAll(() => it.close());

const { fresh, orders } = callsOf(() => it);

/** Throws for what is no XML. */
const read = strictXml({});

interface Sent {
  readonly version?: typeof SOAP_11 | typeof SOAP_12;
  readonly once?: string;
  readonly key?: string;
  readonly type?: string;
}

async function post(body: string, { version = SOAP_11, once, key, type }: Sent = {}) {
  const response = await fetch(`${it.acme}/v1/soap/orders`, {
    method: "POST",
    headers: {
      "x-api-key": key ?? it.partners.acme.keys["metal-works"],
      "content-type": type ?? (version === SOAP_11 ? "text/xml" : "application/soap+xml"),
      "idempotency-key": once ?? fresh(),
    },
    body,
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const envelope = (body: string, { version = SOAP_11, header = "" } = {}): string =>
  `<e:Envelope xmlns:e="${version}">${header}<e:Body>${body}</e:Body></e:Envelope>`;
const order = (content = "<Line><Sku>pan</Sku><Quantity>2</Quantity></Line>"): string =>
  `<PlaceOrder xmlns="${ORDERS}">${content}</PlaceOrder>`;
const get = (id: string): string => `<GetOrder xmlns="${ORDERS}"><OrderId>${id}</OrderId></GetOrder>`;
const idIn = (text: string): string => /<Id>([^<]+)<\/Id>/.exec(text)?.[1] ?? "";

describe("hostile XML is refused before anything is done:", () => {
  const laughs = Array.from({ length: 10 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join("");
  test.each<[string, string, RegExp]>([
    [
      "an external entity",
      `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${envelope(order("&x;"))}`,
      /document type/,
    ],
    ["a billion laughs", `<!DOCTYPE a [<!ENTITY l0 "ha">${laughs}]>${envelope(order("&l10;"))}`, /document type/],
    [
      "a document type elsewhere",
      `<!doctype a SYSTEM "https://evil.example/a.dtd">${envelope(order())}`,
      /document type/,
    ],
    ["what is nested too deep", envelope(order(`${"<a>".repeat(5_000)}${"</a>".repeat(5_000)}`)), /64 elements deep/],
    ["half a document", envelope(order()).slice(0, -5), /must be XML/],
    ["two documents", `${envelope(order())}${envelope(order())}`, /must be (?:XML|a SOAP envelope)/],
    ["no envelope", order(), /must be a SOAP envelope/],
    ["an envelope of another namespace", envelope(order(), { version: "urn:other" }), /version that content-type says/],
    ["an envelope of the other version", envelope(order(), { version: SOAP_12 }), /version that content-type says/],
    ["a prefix without a namespace", envelope(`<o:PlaceOrder/>`), /prefix "o" has no namespace/],
    ["two bodies", envelope(`${order()}</e:Body><e:Body>${order()}`), /must have one Body/],
    ["two operations", envelope(`${order()}${order()}`), /one element/],
    ["no operation", envelope(""), /one element/],
    ["an operation of another namespace", envelope(`<PlaceOrder xmlns="urn:other"/>`), /there is no operation/],
    [
      "an operation that is not there",
      envelope(`<DropOrders xmlns="${ORDERS}"/>`),
      /there is no operation "DropOrders"/,
    ],
    [
      "WS-Security that must be understood",
      envelope(order(), {
        header: `<e:Header><w:Security xmlns:w="urn:wsse" e:mustUnderstand="1"><w:Password>hunter2</w:Password></w:Security></e:Header>`,
      }),
      /"Security" must be/,
    ],
    ["a member that is not taken", envelope(order(`<customerId>cus-2</customerId>`)), /"customerId" is not taken here/],
    ["a member of another namespace", envelope(order(`<Line xmlns="urn:other"/>`)), /"Line" is not taken here/],
    ["a prototype", envelope(order(`<__proto__><Sku>pan</Sku></__proto__>`)), /./],
    ["a quantity that is none", envelope(order(`<Line><Sku>pan</Sku><Quantity>1e3</Quantity></Line>`)), /does not say/],
    ["too much of it", envelope(order(`<Line><Sku>pan</Sku><Quantity>1001</Quantity></Line>`)), /does not say/],
    [
      "two of it",
      envelope(order(`<Line><Sku>pan</Sku><Quantity>1</Quantity><Quantity>2</Quantity></Line>`)),
      /one Quantity/,
    ],
    ["no line", envelope(order("")), /does not say/],
    ["more than 64 KiB", envelope(order(`<Note>${"x".repeat(65_536)}</Note>`)), /must not exceed 65536 bytes/],
  ])("%s", async (_, body, why) => {
    const before = await orders();
    const { status, text } = await post(body);
    expect(status).toBe(500);
    expect(text.replaceAll("&quot;", '"')).toMatch(why);
    expect(text).toContain("<faultcode>soap:Client</faultcode>");
    expect(text).not.toContain("root:");
    expect(text).not.toContain("hunter2");
    expect(() => read(text)).not.toThrow();
    expect(await orders()).toEqual(before);
  });

  test("other media types, as a problem", async () => {
    const { status, text } = await post(envelope(order()), { type: "application/json" });
    expect(status).toBe(415);
    expect(text).toContain("urn:alicerce:problem:unsupported-media-type");
  });
});

describe.each([
  ["1.1", SOAP_11, 500],
  ["1.2", SOAP_12, 400],
] as const)("by SOAP %s a partner", (_, version, refusal) => {
  test("places an order once, and reads it", async () => {
    const once = fresh();
    const body = envelope(order(`<Line><Sku>pan</Sku><Quantity>2</Quantity></Line><Note>a &lt; b &amp; c</Note>`), {
      version,
    });
    const [first, again] = [await post(body, { version, once }), await post(body, { version, once })];
    expect(first.status).toBe(200);
    expect(again.text).toBe(first.text);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    const found = await post(envelope(get(idIn(first.text)), { version }), { version });
    expect(found.text).toContain("<Line><Sku>pan</Sku><Quantity>2</Quantity></Line><Note>a &lt; b &amp; c</Note>");
    expect(await orders()).toContain(idIn(first.text));
  });

  test("is refused another's order, an order without a key of idempotency, and what its scope does not allow", async () => {
    const placed = await post(envelope(order(), { version }), { version });
    const body = envelope(get(idIn(placed.text)), { version });
    const foreign = await post(body, { version, key: it.partners.acme.keys["paper-mill"] });
    expect([foreign.status, foreign.text]).toEqual([refusal, expect.stringContaining("<Code>not-found</Code>")]);
    const nameless = await post(envelope(order(), { version }), { version, once: "" });
    expect([nameless.status, nameless.text]).toEqual([refusal, expect.stringContaining("Idempotency-Key")]);
    const { store, by } = it.partners.acme;
    const account = { id: `looker-${refusal}`, name: "Looker", customerId: "cus-1", tier: "basic" } as const;
    const { key } = await admitPartner(store, by, { account, scopes: ["orders:read"] });
    const unasked = await post(envelope(order(), { version }), { version, key });
    expect([unasked.status, unasked.text]).toEqual([refusal, expect.stringContaining("<Code>forbidden</Code>")]);
  });
});

test("nobody without a credential sends or reads anything, and the description says both versions", async () => {
  expect((await post(envelope(order()), { key: "" })).status).toBe(401);
  expect((await fetch(`${it.acme}/v1/soap/orders?wsdl`)).status).toBe(401);
  const headers = { "x-api-key": it.partners.acme.keys["metal-works"] };
  const text = await (await fetch(`${it.acme}/v1/soap/orders?wsdl`, { headers })).text();
  expect(() => read(text)).not.toThrow();
  expect(text).toContain(`location="${it.acme}/v1/soap/orders"`);
  for (const namespace of ["http://schemas.xmlsoap.org/wsdl/soap/", "http://schemas.xmlsoap.org/wsdl/soap12/"])
    expect(text).toContain(namespace);
  expect((await fetch(`${it.acme}/v1/soap/orders`, { method: "DELETE", headers })).status).toBe(405);
});
