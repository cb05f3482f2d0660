import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Api } from "../../../../../services/mcp/api-integration/api.ts";
import { textAnswer } from "../scripted-backend.ts";
import { readApis } from "../../../../../services/mcp/api-integration/read-apis.ts";

const text = { type: "string" };
const asked = (name: string, schema: object = text, place = "query") => ({
  ...{ name, schema, in: place },
  ...(place === "path" && { required: true }),
});
const read = (operationId: string, ...parameters: object[]) => ({ get: { operationId, parameters, responses: {} } });
const change = (operationId: string, ...parameters: object[]) => ({ put: { operationId, parameters, responses: {} } });
const inPath = asked("id", text, "path");

const REST = {
  openapi: "3.1.0",
  info: { title: "Orders", version: "1.0.0" },
  servers: [{ url: "https://orders.example.com" }],
  paths: {
    "/orders": {
      ...read("list", asked("customerId"), asked("status")),
      post: {
        operationId: "place",
        requestBody: {
          content: {
            "application/json": {
              schema: { type: "object", properties: { customer: { type: "object", properties: { id: text } } } },
            },
          },
        },
        responses: {},
      },
    },
    "/orders/{id}": { ...read("get", inPath), ...change("rename", inPath, asked("name")) },
    "/several": read("several", asked("customerIds", { type: "array", items: text })),
    "/undeclared": read("undeclared"),
    "/products": read("products"),
  },
};

const GRAPHQL = {
  schema:
    "type Query { order(id: ID!): Order orders(of: [ID!], filter: Filter): [Order!]! } " +
    "input Filter { customer: ID } type Order { id: ID! customer: Customer! lines: [Line!]! } " +
    "type Customer { id: ID! } type Line { customer: Customer }",
  documents:
    "query order($id: ID!) { order(id: $id) { id customer { id } } } " +
    "query ofCustomers($of: [ID!]) { orders(of: $of) { id customer { id } lines { customer { id } } } } " +
    "query filtered($filter: Filter) { orders(filter: $filter) { id customer { id } } }",
};

const WSDL = `<w:definitions name="S" targetNamespace="urn:s" xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:s">
<w:types><x:schema targetNamespace="urn:s" elementFormDefault="qualified">
<x:complexType name="Invoice"><x:sequence><x:element name="number" type="x:string"/><x:element name="customer" type="x:string" minOccurs="0"/></x:sequence></x:complexType>
<x:element name="Invoices"><x:complexType><x:sequence><x:element name="customer" type="x:string" minOccurs="0"/></x:sequence></x:complexType></x:element>
<x:element name="InvoicesResponse"><x:complexType><x:sequence><x:element name="invoice" type="t:Invoice" minOccurs="0" maxOccurs="unbounded"/></x:sequence></x:complexType></x:element>
</x:schema></w:types>
<w:message name="I"><w:part name="p" element="t:Invoices"/></w:message><w:message name="O"><w:part name="p" element="t:InvoicesResponse"/></w:message>
<w:portType name="P"><w:operation name="Invoices"><w:input message="t:I"/><w:output message="t:O"/></w:operation></w:portType>
<w:binding name="B" type="t:P"><s:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/><w:operation name="Invoices"><s:operation soapAction="urn:i"/><w:input><s:body use="literal"/></w:input><w:output><s:body use="literal"/></w:output></w:operation></w:binding>
<w:service name="S"><w:port name="P" binding="t:B"><s:address location="https://invoices.example.com"/></w:port></w:service></w:definitions>`;

const REST_OPERATIONS = {
  list: {
    keep: ["/orders", "/next"],
    owner: { arguments: ["/customerId"], answer: ["/orders/*/customerId", "/orders/*/related/*/customerId"] },
  },
  place: { owner: { arguments: ["/body/customer/id"], answer: ["/customerId"] } },
  get: { owner: { answer: ["/customerId"] } },
  rename: { owner: { through: "get", answer: ["/customerId"] } },
  several: { keep: ["/orders"], owner: { arguments: ["/customerIds/*"], answer: ["/orders/*/customerId"] } },
  undeclared: {},
  products: { classification: "public", owner: { shared: "not about customers" } },
};
const GRAPHQL_OPERATIONS = {
  order: { owner: { answer: ["/order/customer/id"] } },
  ofCustomers: { keep: ["/orders"], owner: { arguments: ["/of/*"], answer: ["/orders/*/customer/id"] } },
  filtered: { keep: ["/orders"], owner: { arguments: ["/filter/customer"], answer: ["/orders/*/customer/id"] } },
};
const SOAP_OPERATIONS = {
  Invoices: {
    isRead: true,
    keep: ["/invoice"],
    owner: { arguments: ["/customer"], answer: ["/invoice/*/customer"] },
  },
};

/** Answers the SOAP operation with these elements. */
export const soapOf = (invoices: string) =>
  textAnswer(
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><t:InvoicesResponse xmlns:t="urn:s">' +
      `${invoices}</t:InvoicesResponse></e:Body></e:Envelope>`,
    "text/xml; charset=utf-8",
  );

/** APIs of three kinds whose operations are about customers; `changes` replaces what is said of operations of the first. */
export async function ownedApis(changes: object = {}): Promise<readonly Api[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "owned-"));
  const common = { title: "Orders", classification: "confidential" };
  const apis = [
    { ...common, name: "rest", kind: "openapi", document: "a.json", operations: { ...REST_OPERATIONS, ...changes } },
    { ...common, name: "graph", kind: "graphql", document: "b", documents: "c", operations: GRAPHQL_OPERATIONS },
    { ...common, name: "soap", kind: "soap", document: "d", operations: SOAP_OPERATIONS },
  ];
  const files = {
    "apis.json": JSON.stringify({ apis }),
    "a.json": JSON.stringify(REST),
    b: GRAPHQL.schema,
    c: GRAPHQL.documents,
    d: WSDL,
  };
  try {
    await Promise.all(Object.entries(files).map(([name, content]) => writeFile(path.join(folder, name), content)));
    return await readApis(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
