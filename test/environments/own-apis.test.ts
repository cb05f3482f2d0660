import { describe, expect, it } from "vitest";
import { documentFaults, LARGEST_DOCUMENT } from "../../environments/apis/document-faults.ts";
import { documentText } from "../../environments/apis/documents.ts";
import { faultsOf } from "../../environments/faults.ts";
import { environments } from "../../environments/index.ts";
import { production } from "../../environments/production.ts";
import { faultsWith } from "./changed-tenant.ts";

const ERP = production.tenants["xyz-gmbh"]?.apis?.["erp"];
const STOCK = { host: "stock.norda.example", addresses: ["172.16.4.9"], ranges: ["172.16.4.0/24"] } as const;

/** What is said of production when a tenant brings these APIs. */
const found = (apis: unknown, tenant: object = {}): readonly string[] => faultsWith({ apis, ...tenant });
const erp = (change: object): readonly string[] => found({ erp: { ...ERP, ...change } });
const KEY = "tenants.xyz-gmbh.apis.erp";

describe("the APIs that a tenant brings", () => {
  it("are those that are shipped", () => {
    expect(erp({})).toEqual([]);
  });

  it.each([
    ["Orders", "must be 1 to 20 of a-z and 0-9"],
    ["call", "must be 1 to 20 of a-z and 0-9"],
    ["orders", '"orders" is an API that every tenant has'],
  ])("are not called %s", (name, why) => {
    expect(found(JSON.parse(`{"${name}":${JSON.stringify(ERP)}}`))).toContainEqual(expect.stringContaining(why));
  });

  it.each([
    ["the database of another tenant's files", "norda.json"],
    ["a file elsewhere", "../../production.ts"],
    ["a file of another tenant", "../acme-corp/erp.json"],
    ["an absolute path", "/etc/passwd.json"],
    ["a hidden file", ".env.json"],
  ])("are not described by %s", (_, document) => {
    expect(erp({ document })).toEqual([expect.stringContaining(`${KEY}.document: `)]);
  });

  it.each([
    ["the platform's own", "keycloak.agents.example.com", "is a name of the platform"],
    ["this machine", "localhost", "must be a host on the internet"],
    ["an address", "169.254.169.254", "must be a host on the internet"],
    ["AWS", "secretsmanager.eu-west-1.amazonaws.com", "must be a host on the internet"],
    ["a name and a port", "erp.xyz.example:8443", "must be a host on the internet"],
    ["a user before a name", "erp.xyz.example@evil.example", "must be a host on the internet"],
    ["another host than the document's", "erp2.xyz.example", 'must be "https://erp2.xyz.example/v1"'],
  ])("are not at %s", (_, host, why) => {
    expect(erp({ host }).join("\n")).toContain(why);
  });

  it("are not at the internal API of another tenant", () => {
    const { tenants } = production;
    const norda = { ...tenants["norda-ab"], internalApis: { inventory: STOCK } };
    const xyz = { ...tenants["xyz-gmbh"], apis: { erp: { ...ERP, host: "a.stock.norda.example" } } };
    const changed = { ...production, tenants: { ...tenants, "norda-ab": norda, "xyz-gmbh": xyz } };
    const messages = faultsOf("production", { ...environments, production: changed });
    expect(messages.map((one) => one.message)).toContain(
      '"a.stock.norda.example" is below the host of tenants.norda-ab.internalApis.inventory',
    );
  });

  it("are at one place: on the internet, or in a network of the tenant's own", () => {
    const internalApis = { erp: { host: "erp.xyz.example", addresses: ["10.200.8.10"], ranges: ["10.200.8.0/24"] } };
    const ofHost = (it: readonly string[]) => it.filter((one) => one.includes(`${KEY}.host`));
    expect(ofHost(found({ erp: { ...ERP, host: undefined } }, { internalApis }))).toEqual([]);
    expect(ofHost(found({ erp: ERP }, { internalApis }))).toEqual([
      `${KEY}.host: "erp.xyz.example" cannot be, for \`internalApis\` says "erp.xyz.example"`,
    ]);
    expect(ofHost(found({ erp: { ...ERP, host: undefined } }))).toEqual([expect.stringContaining("is missing")]);
  });

  it.each<[string, object, string]>([
    ["no operation", {}, "is empty"],
    ["one that is not in the document", { dropTables: { does: "read" } }, 'has no operation "dropTables"'],
    [
      "one that writes as one that reads",
      { createPurchaseOrder: { does: "read" } },
      '"createPurchaseOrder" is POST: it must be said to write',
    ],
    ["one that is not said to do anything", { getPurchaseOrder: {} }, "is missing; valid: read, write"],
    [
      "what changes something to customers",
      { createPurchaseOrder: { does: "write", classification: "internal", shared: "not about customers" } },
      "createPurchaseOrder.shared: what changes something",
    ],
    [
      "what is confidential to customers",
      { getPurchaseOrder: { does: "read", shared: "not about customers" } },
      "getPurchaseOrder.shared: what changes something, or answers what is confidential",
    ],
    ["one whose tool is too long", { ["g".repeat(40)]: { does: "read" } }, "must be 1 to 38"],
  ])("do not offer %s", (_, operations, why) => {
    expect(erp({ operations }).join("\n")).toContain(why);
  });

  it.each<[string, object]>([
    ["a secret", { kind: "bearer", token: "hunter2hunter2" }],
    ["a key in a header of the platform", { kind: "api-key", header: "Authorization" }],
    ["a key in no header", { kind: "api-key" }],
    ["a header without a key", { kind: "basic", header: "X-Api-Key" }],
  ])("are not authenticated to with %s", (_, authentication) => {
    expect(erp({ authentication })).toEqual([expect.stringContaining(`${KEY}.authentication`)]);
  });

  it("are brought by no tenant whose scenarios have no server for them", () => {
    expect(found({ erp: ERP }, { scenarios: ["internal"], machines: undefined })).toContainEqual(
      expect.stringContaining("tenants.xyz-gmbh.apis: nothing offers them"),
    );
  });
});

describe("a document of a tenant's API", () => {
  const api = { baseUrl: "https://erp.xyz.example/v1", operations: ERP?.operations ?? {} };
  const shipped = JSON.parse(documentText("xyz-gmbh", "erp.openapi.json") ?? "") as Record<string, unknown>;
  const faults = (change: object): readonly string[] => documentFaults(JSON.stringify({ ...shipped, ...change }), api);
  const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
  const doubled = Object.fromEntries(
    Array.from({ length: 24 }, (_, i) => [
      `S${i}`,
      { properties: Object.fromEntries(["a", "b"].map((it) => [it, { $ref: `#/components/schemas/S${i + 1}` }])) },
    ]),
  );

  it("is sound as it is shipped", () => {
    expect(faults({})).toEqual([]);
  });

  it.each<[string, string, string]>([
    ["too large", `"${" ".repeat(LARGEST_DOCUMENT)}"`, `${LARGEST_DOCUMENT} at most`],
    ["no JSON", "openapi: 3.1.0", "must be a JSON object"],
    ["too deep", nested(5_000), "nested more than 100 deep"],
    ["Swagger", '{"swagger":"2.0"}', "must be 3.0 or 3.1"],
  ])("is not %s", (_, text, why) => {
    expect(documentFaults(text, api)).toEqual([expect.stringContaining(why)]);
  });

  it.each<[string, object, string]>([
    ["a file", { components: { schemas: { A: { $ref: "file:///etc/passwd" } } } }, "must stay inside the document"],
    ["a host", { components: { schemas: { A: { $ref: "https://evil.example/a" } } } }, "must stay inside the document"],
    ["itself", { components: { schemas: { S0: { $ref: "#/components/schemas/S0" } } } }, "contains itself"],
    [
      "twice as much each time",
      { components: { schemas: doubled }, "x-all": { $ref: "#/components/schemas/S0" } },
      "more than 200000 values",
    ],
  ])("does not refer to %s", (_, change, why) => {
    expect(faults(change).join("\n")).toContain(why);
  });

  it.each<[string, unknown]>([
    ["none", []],
    ["one that is relative", [{ url: "/v1" }]],
    ["one of another host", [{ url: "https://evil.example/v1" }]],
    ["one without TLS", [{ url: "http://erp.xyz.example/v1" }]],
    ["a second one", [{ url: "https://erp.xyz.example/v1" }, { url: "https://evil.example" }]],
    ["what is no list", "https://erp.xyz.example/v1"],
  ])("names no server but the API's own, not %s", (_, servers) => {
    expect(faults({ servers }).join("\n")).toMatch(/^servers/);
  });

  it("has an operation once", () => {
    const get = { operationId: "getPurchaseOrder" };
    const create = { operationId: "createPurchaseOrder" };
    const paths = { "/a": { get, post: create }, "/b": { get } };
    expect(faults({ paths })).toEqual(['has 2 operations "getPurchaseOrder"']);
  });
});
