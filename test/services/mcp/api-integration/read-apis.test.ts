import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EXAMPLES, readApis } from "../../../../services/mcp/api-integration/read-apis.ts";
import { faultsOf, type Json } from "./faults-of.ts";

describe("a folder of descriptions", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "apis-"));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const listed = (changes: Json = {}) => ({
    name: "it",
    title: "It",
    kind: "openapi",
    document: "it.json",
    classification: "internal",
    operations: { getIt: {} },
    ...changes,
  });
  const reads = async (list: unknown, document = "{}") => {
    await writeFile(path.join(folder, "apis.json"), typeof list === "string" ? list : JSON.stringify(list));
    await writeFile(path.join(folder, "it.json"), document);
    return faultsOf(() => readApis(folder));
  };

  test.each<[string, unknown, RegExp]>([
    ["no JSON", "{", /not JSON/],
    ["a key given twice", '{"apis":[],"apis":[]}', /given twice/],
    ["no API", { apis: [] }, /apis/],
    ["a file elsewhere", { apis: [listed({ document: "../it.json" })] }, /name of a file beside/],
    ["a hidden file", { apis: [listed({ document: ".env" })] }, /name of a file beside/],
    ["a missing file", { apis: [listed({ document: "no.json" })] }, /no.json is missing/],
    ["a name that no tool may have", { apis: [listed({ name: "It is" })] }, /must be 1 to 20 of a-z 0-9/],
    ["no operation", { apis: [listed({ operations: {} })] }, /must name an operation/],
    ["SOAP that does not say what reads", { apis: [listed({ kind: "soap" })] }, /isRead/],
    ["a secret", { apis: [listed({ authentication: { kind: "bearer", token: "hunter2" } })] }, /Unrecognized key/],
    [
      "a key in a header of the platform",
      { apis: [listed({ authentication: { kind: "api-key", in: "header", name: "Host" } })] },
      /only the platform sets/,
    ],
    ["a pointer that is none", { apis: [listed({ operations: { getIt: { keep: ["orders"] } } })] }, /JSON pointer/],
  ])("with %s is refused", async (_, list, why) => {
    expect((await reads(list)).join("\n")).toMatch(why);
  });

  test("with a document that is too long is refused unread", async () => {
    const faults = await reads({ apis: [listed()] }, " ".repeat(10 * 1024 * 1024 + 1));
    expect(faults).toEqual(["it.json must be at most 10485760 bytes"]);
  });

  test("with an operation that its document does not have is refused", async () => {
    const document = await readFile(path.join(EXAMPLES, "orders.openapi.json"), "utf8");
    expect(await reads({ apis: [listed()] }, document)).toEqual(["getIt: it.json has no such operation"]);
    const twice = [listed({ operations: { getOrder: {} } }), listed({ operations: { getOrder: {} } })];
    expect(await reads({ apis: twice }, document)).toEqual(["two APIs have the same name"]);
  });

  test("is shipped as an example, and needs no network", async () => {
    const apis = await readApis(EXAMPLES);
    expect(apis.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      "orders openapi",
      "catalog graphql",
      "shipping soap",
      "inventory smithy",
    ]);
  });
});
