import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, describe, expect, it } from "vitest";
import type { NeedsContext, ServerNeeds } from "../../../../contracts/server-needs.ts";
import { needsOf } from "../../../../infra/tenant/servers/needs.ts";
import { MCP_SERVERS } from "../../../../releases/releases.ts";
import type { OwnVariables } from "../../../../services/libraries/mcp-host/config.ts";
import type { DatabaseEnvironment } from "../../../../services/mcp/database/config.ts";
import type { FilesEnvironment } from "../../../../services/mcp/files/config.ts";

const CONTEXT: NeedsContext<string> = {
  account: "111122223333",
  region: "eu-west-1",
  keyArn: "arn:key",
  database: { host: "db.example.com", port: 5432, name: "business", keysArn: "arn:keys" },
  bucket: { name: "bucket-1" },
  apis: { orders: { baseUrl: "https://orders.example.com", secretName: "orders" } },
  apisObject: { key: "apis/apis.json", digest: "0".repeat(64) },
  logGroups: { servers: "/servers" },
  gateways: { b2b: "gateway-1" },
  runtimes: {},
  json: (value) => JSON.stringify(value),
};

const project = mkdtempSync(path.join(tmpdir(), "alicerce-needs-"));
afterAll(() => rmSync(project, { recursive: true }));

describe("what a server needs", () => {
  it.each([...Object.keys(MCP_SERVERS), "custom"])(
    "is said by %s itself, in words that any deployment can read",
    async (service) => {
      const { variables, grants } = (await needsOf(service))(CONTEXT);
      expect(Object.values(variables).filter((it) => typeof it !== "string")).toEqual([]);
      expect(new Set(grants.map((it) => it.name)).size).toBe(grants.length);
    },
  );

  it("may be values that are not known yet", async () => {
    const host = { later: "host" };
    const database = { ...CONTEXT.database, host };
    const { variables } = (await needsOf("database"))<{ later: string } | string>({ ...CONTEXT, database });
    expect(variables["DATABASE_HOST"]).toBe(host);
  });

  it("does not compile without a variable that the configuration wants", () => {
    const incomplete: ServerNeeds<OwnVariables<FilesEnvironment>> = () => ({
      // @ts-expect-error: FILES_BUCKET and others are missing.
      variables: { AWS_REGION: "x" },
      grants: [],
    });
    const wrong: ServerNeeds<Pick<OwnVariables<DatabaseEnvironment>, "DATABASE_AUTH">> = () => ({
      // @ts-expect-error: DATABASE_AUTH takes two words only.
      variables: { DATABASE_AUTH: "none" },
      grants: [],
    });
    // @ts-expect-error: there is no such grant.
    const unknown: ServerNeeds<object> = () => ({ variables: {}, grants: [{ name: "everything" }] });
    expect([incomplete, wrong, unknown]).toHaveLength(3);
  });

  it.each<[string, string | undefined, string]>([
    [
      "silent",
      undefined,
      '"silent" is in the release data and does not say what it needs: write services/mcp/silent/needs.ts',
    ],
    ["empty", "export {};", "services/mcp/empty/needs.ts must export the function `needs`"],
    ["data", "export const needs = {};", "services/mcp/data/needs.ts must export the function `needs`"],
  ])("must be said: %s", async (service, text, message) => {
    mkdirSync(path.join(project, "services/mcp", service), { recursive: true });
    if (text !== undefined) writeFileSync(path.join(project, "services/mcp", service, "needs.ts"), text);
    const failure: unknown = await needsOf(service, project).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(pulumi.RunError);
    expect(String(failure)).toContain(message);
  });
});
