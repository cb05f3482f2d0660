import { describe, expect, test } from "vitest";
import { openApiOperations } from "../../../../../services/mcp/api-integration/openapi/operations.ts";
import { faultsOf, type Json } from "../faults-of.ts";

const text = { type: "string" };

describe("OpenAPI", () => {
  const operation = (changes: Json = {}): Json => ({
    operationId: "getIt",
    parameters: [{ name: "id", in: "path", required: true, schema: text }],
    responses: { "200": { description: "it" } },
    ...changes,
  });
  const document = (changes: Json = {}, of: Json = operation()): Json => ({
    openapi: "3.1.0",
    info: { title: "It", version: "1" },
    servers: [{ url: "https://it.example.com" }],
    paths: { "/it/{id}": { get: of } },
    ...changes,
  });
  const read = (source: unknown) => openApiOperations("it", source, new Set(["getIt"]));
  const body = (schema: Json) => ({ requestBody: { content: { "application/json": { schema } } } });
  const parameter = (of: Json) => ({ parameters: [...(operation()["parameters"] as Json[]), of] });
  const query = (of: Json) => parameter({ name: "q", in: "query", schema: text, ...of });

  test("within the limits becomes operations", async () => {
    const [it, ...others] = await read(document());
    expect(others).toEqual([]);
    expect(it).toMatchObject({ id: "getIt", isRead: true, description: "GET /it/{id}" });
    expect(it?.input).toEqual({
      type: "object",
      properties: { id: { type: "string" } },
      required: ["id"],
      additionalProperties: false,
    });
  });

  test.each<[string, unknown, RegExp]>([
    ["no document", "openapi", /must be a JSON object/],
    ["Swagger 2.0", { swagger: "2.0", info: {}, paths: {} }, /Swagger 2.0 is not supported/],
    ["OpenAPI 4", document({ openapi: "4.0.0" }), /openapi must be 3.0.x or 3.1.x/],
    ["what OpenAPI's schema refuses", document({ info: {} }), /./],
    ["no server", document({ servers: [] }), /servers: must name/],
    ["a server without TLS", document({ servers: [{ url: "http://it.example.com" }] }), /must be an https address/],
    ["a server with variables", document({ servers: [{ url: "https://{host}/" }] }), /without variables/],
    [
      "no operationId",
      document({}, operation({ operationId: undefined })),
      /^GET \/it\/\{id\}: operationId is missing/,
    ],
    ["an operationId with blanks", document({}, operation({ operationId: "get it" })), /operationId "get it" must be/],
    ["callbacks", document({}, operation({ callbacks: {} })), /callbacks are not supported/],
    ["a form", document({}, operation({ requestBody: { content: { "text/csv": {} } } })), /must be application\/json/],
    ["oneOf", document({}, operation(body({ oneOf: [text] }))), /getIt\/body: "oneOf" is not supported/],
    ["anyOf", document({}, operation(body({ properties: { a: { anyOf: [text] } } }))), /body\/properties\/a: "anyOf"/],
    ["allOf", document({}, operation(body({ items: { allOf: [text] } }))), /body\/items: "allOf" is not supported/],
    ["an unknown keyword", document({}, operation(body({ $dynamicRef: "#a" }))), /"\$dynamicRef" is not supported/],
    ["a property name with blanks", document({}, operation(body({ properties: { "a b": text } }))), /property "a b"/],
    ["a style", document({}, operation(query({ style: "pipeDelimited" }))), /parameter serializers are not supported/],
    [
      "an object in the query",
      document({}, operation(query({ schema: { type: "object" } }))),
      /must be a text, a number/,
    ],
    [
      "a matrix in the path",
      document(
        {},
        operation({ parameters: [{ name: "id", in: "path", required: true, style: "matrix", schema: text }] }),
      ),
      /serializers/,
    ],
    [
      "a cookie",
      document({}, operation(parameter({ name: "c", in: "cookie", schema: text }))),
      /cookies are not supported/,
    ],
    [
      "a header of the platform",
      document({}, operation(parameter({ name: "X-Forwarded-For", in: "header", schema: text }))),
      /only the platform sets/,
    ],
    [
      "a path parameter that is not in the path",
      document({}, operation(parameter({ name: "x", in: "path", required: true, schema: text }))),
      /"x" is not in its path/,
    ],
    ["a path without its parameter", document({}, operation({ parameters: [] })), /\{id\} of its path is no parameter/],
    [
      "two arguments of one name",
      document({}, operation(parameter({ name: "id", in: "query", schema: text }))),
      /names two arguments/,
    ],
    [
      "a reference to a file",
      document({}, operation(body({ $ref: "file:///etc/passwd" }))),
      /must stay inside the document/,
    ],
    ["a reference to a neighbour", document({}, operation(body({ $ref: "other.json#/a" }))), /must stay inside/],
    [
      "a reference to a network",
      document({}, operation(body({ $ref: "http://169.254.169.254/" }))),
      /must stay inside/,
    ],
    ["a reference to nothing", document({}, operation(body({ $ref: "#/components/schemas/No" }))), /./],
    [
      "a schema that contains itself",
      document({ components: { schemas: { A: { properties: { a: { $ref: "#/components/schemas/A" } } } } } }),
      /contains itself/,
    ],
  ])("with %s is refused", async (_, source, why) => {
    const faults = await faultsOf(() => read(source));
    expect(faults.join("\n")).toMatch(why);
  });

  test("with two operations of one id is refused", async () => {
    const faults = await faultsOf(() =>
      read(document({ paths: { "/it/{id}": { get: operation(), put: operation() } } })),
    );
    expect(faults).toEqual(['PUT /it/{id}: operationId "getIt" is used twice']);
  });

  test("that laughs a billion times is refused at once", async () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => {
        const next = { $ref: `#/components/schemas/S${i + 1}` };
        return [`S${i}`, { type: "object", properties: { a: next, b: next } }];
      }),
    );
    const source = document({ components: { schemas: { ...schemas, S40: text } } });
    const started = performance.now();
    expect(await faultsOf(() => read(source))).toEqual([expect.stringMatching(/more than 200000 values/)]);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test("tells every fault at once", async () => {
    const of = operation({ ...query({ style: "pipeDelimited" }), ...body({ oneOf: [], anyOf: [] }) });
    expect(await faultsOf(() => read(document({ servers: [{ url: "http://a" }] }, of)))).toHaveLength(4);
  });

  test("of an operation that is not wanted does not matter, but for its id", async () => {
    const other = operation({ operationId: "other", ...body({ oneOf: [text] }) });
    const paths = { "/it/{id}": { get: operation(), put: other } };
    expect(await faultsOf(() => read(document({ paths })))).toEqual([]);
  });

  test("3.0 is written as JSON Schema of 2020-12", async () => {
    const schema = {
      type: "object",
      required: ["id", "a"],
      properties: {
        id: { type: "string", readOnly: true },
        a: { type: "integer", minimum: 0, exclusiveMinimum: true, maximum: 9, nullable: true, example: 1 },
        b: { type: "string", enum: ["x"], nullable: true, "x-internal": true },
        c: { type: "array", items: { type: "string", format: "uuid" }, additionalProperties: false },
      },
    };
    const [it] = await read(document({ openapi: "3.0.3" }, operation(body(schema))));
    expect((it?.input["properties"] as Json)["body"]).toEqual({
      type: "object",
      required: ["a"],
      properties: {
        a: { type: ["integer", "null"], exclusiveMinimum: 0, maximum: 9 },
        b: { type: ["string", "null"], enum: ["x", null] },
        c: { type: "array", items: { type: "string", format: "uuid" }, additionalProperties: false },
      },
    });
  });
});
