import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { apisObject } from "../../../../environments/apis/apis-object.ts";
import { ownTools } from "../../../../environments/apis/own-tools.ts";
import { environments } from "../../../../environments/index.ts";
import { EXAMPLES, readApis } from "../../../../services/mcp/api-integration/read-apis.ts";
import { ownApisIn, readOwnApis } from "../../../../services/mcp/api-integration/own-apis.ts";
import { apiIntegrationServer } from "../../../../services/mcp/api-integration/server.ts";
import { faultsOf } from "./faults-of.ts";

const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Every tenant of the shipped data that brings APIs. */
const tenants = Object.values(environments).flatMap(({ name, tenants: all }) =>
  Object.entries(all).flatMap(([id, it]) => (it.apis === undefined ? [] : [{ name, id, ...it }])),
);
const [first] = tenants;

describe.each(tenants)("the APIs that $id brings to $name", (tenant) => {
  test("become the tools that its gateways permit, beside those that every tenant has, and in no older major", async () => {
    const text = apisObject(tenant);
    const own = await ownApisIn(text, digestOf(text));
    const apis = await readApis(EXAMPLES);
    for (const major of [1, 2]) {
      const planned = ownTools(tenant, { service: "api-integration", major });
      const { tools } = apiIntegrationServer(`${major}.0.0`, apis, own);
      const without = new Set(apiIntegrationServer(`${major}.0.0`, apis).tools.map((it) => it.name));
      const grants = tools
        .filter((it) => !without.has(it.name))
        .map(({ name, scope, permission, classification }) => [name, { scope, permission, classification }]);
      expect(Object.fromEntries(grants)).toEqual(planned);
      expect(Object.keys(planned).length > 0).toBe(major === 2);
    }
  });

  test("are told of by the second major alone", async () => {
    const text = apisObject(tenant);
    const own = await ownApisIn(text, digestOf(text));
    const listOf = async (version: string): Promise<string> => {
      const [list] = apiIntegrationServer(version, [], own).resources ?? [];
      return JSON.stringify(await list?.read(new URL("api-integration://apis"), {}, {} as never));
    };
    expect(await listOf("2.0.0")).toContain(Object.keys(tenant.apis ?? {})[0]);
    expect(await listOf("1.0.0")).not.toContain(Object.keys(tenant.apis ?? {})[0]);
  });
});

describe("the object of a tenant's own APIs", () => {
  const text = apisObject(first!);
  const refused = (it: string, digest = digestOf(it)) => faultsOf(() => ownApisIn(it, digest));

  test("is read if it is the one that was judged, and no other", async () => {
    const [fault] = await refused(text.replace("erp.xyz.example", "evil.example"), digestOf(text));
    expect(fault).toBe("the object is not the one that was judged");
  });

  test.each<[string, (it: { apis: object[]; documents: Record<string, unknown> }) => object, RegExp]>([
    ["another kind of API", (it) => ({ ...it, apis: [{ ...it.apis[0], kind: "soap" }] }), /openapi/],
    ["two APIs of one name", (it) => ({ ...it, apis: [it.apis[0], it.apis[0]] }), /the same name/],
    ["an API without its document", (it) => ({ ...it, documents: {} }), /erp.openapi.json is missing/],
    ["more than these", (it) => ({ ...it, secrets: ["hunter2"] }), /Unrecognized key/],
  ])("with %s is refused", async (_, change, why) => {
    const changed = JSON.stringify(change(JSON.parse(text) as Parameters<typeof change>[0]));
    expect((await refused(changed)).join("\n")).toMatch(why);
  });

  test("may have none, and none is read where a deployment names no bucket", async () => {
    const none = apisObject({ id: "norda-ab" });
    expect(await ownApisIn(none, digestOf(none))).toEqual([]);
    const nothing = { APIS_BUCKET: undefined, APIS_KEY: undefined, APIS_DIGEST: undefined };
    const rest = { APIS_ENDPOINT: undefined, AWS_REGION: undefined };
    expect(await readOwnApis({ ...nothing, ...rest })).toEqual([]);
    await expect(readOwnApis({ ...nothing, ...rest, APIS_BUCKET: "bucket" })).rejects.toThrow("come together");
  });

  test("names no API that every tenant has", async () => {
    const apis = await readApis(EXAMPLES);
    expect(() => apiIntegrationServer("2.0.0", apis, apis)).toThrow('"orders" is an API that every tenant has');
  });
});
