import { readFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Operation } from "../../../../../services/mcp/api-integration/api.ts";
import { EXAMPLES } from "../../../../../services/mcp/api-integration/read-apis.ts";
import { soapOperations } from "../../../../../services/mcp/api-integration/soap/operations.ts";
import { faultsOf } from "../faults-of.ts";

describe("WSDL", () => {
  let wsdl = "";
  beforeAll(async () => {
    wsdl = await readFile(path.join(EXAMPLES, "shipping.wsdl"), "utf8");
  });
  const read = (source: string): readonly Operation[] =>
    soapOperations("it", source, new Map([["QuoteShipping", { isRead: true }]]));

  test("becomes operations whose arguments are text of elements in their order", () => {
    const [it] = read(wsdl);
    const args = { service: "express", parcel: [{ label: "</t><evil>&", weightGrams: 2 }], postalCode: "1" };
    const { body, headers } = it?.request(args) ?? {};
    expect(headers).toMatchObject({ soapaction: '"https://shipping.example.com/service/QuoteShipping"' });
    expect(body).toContain(
      '<s:Body><QuoteShipping xmlns="https://shipping.example.com/types"><postalCode>1</postalCode><service>express</service>' +
        "<parcel><weightGrams>2</weightGrams><label>&#60;/t&#62;&#60;evil&#62;&#38;</label></parcel></QuoteShipping></s:Body>",
    );
    expect(() => it?.request({ ...args, postalCode: "\u0000" })).toThrow(/characters that XML cannot hold/);
  });

  test.each<[string, (source: string) => string, RegExp]>([
    ["no XML", () => "<a>", /Unclosed tag/],
    ["another root", () => "<a/>", /must be WSDL 1.1/],
    [
      "a document type",
      (it) => it.replace("<wsdl:definitions", '<!DOCTYPE a SYSTEM "file:///etc/passwd"><wsdl:definitions'),
      /document type/,
    ],
    [
      "an import",
      (it) => it.replace("<wsdl:types>", '<wsdl:import namespace="a" location="http://169.254.169.254/"/><wsdl:types>'),
      /inside the document/,
    ],
    [
      "a schema elsewhere",
      (it) => it.replace("<xs:simpleType", '<xs:import namespace="a" schemaLocation="../a.xsd"/><xs:simpleType'),
      /schemas must be inside/,
    ],
    ["rpc style", (it) => it.replace('style="document"', 'style="rpc"'), /document\/literal/],
    ["encoded bodies", (it) => it.replaceAll('use="literal"', 'use="encoded"'), /document\/literal/],
    ["a choice", (it) => it.replaceAll("xs:sequence", "xs:choice"), /sequence of elements/],
    ["an unknown type", (it) => it.replace("xs:int", "xs:NOTATION"), /not a known type/],
    ["a type that contains itself", (it) => it.replace('"xs:int"', '"t:Parcel"'), /contains itself/],
    ["no binding to SOAP 1.1", (it) => it.replaceAll("/wsdl/soap/", "/wsdl/soap12/"), /no wanted operation/],
  ])("with %s is refused", async (_, change, why) => {
    expect((await faultsOf(() => read(change(wsdl)))).join("\n")).toMatch(why);
  });
});
