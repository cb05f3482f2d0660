import { PERMISSIONS } from "../../../../contracts/identity/permissions.ts";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import { migrate } from "../../../../services/mcp/database/migrate.ts";
import { installSealKey } from "../../../../services/mcp/database/tenancy/seal.ts";
import type { DatabaseServices } from "../../../../services/mcp/database/services.ts";
import { TenantDatabase, type DatabaseSettings } from "../../../../services/mcp/database/tenancy/tenant-database.ts";
import type { Tool } from "../../../../services/libraries/mcp-host/definition/definition.ts";
import type { TenantContext } from "../../../../services/libraries/service-kit/tenant-context.ts";
import type { EmbeddedPostgres } from "../../../../sandbox/data-plane/database/embedded-postgres.ts";

export const SEAL_KEY = Buffer.alloc(32, 7);

/** As on a server of our own, and as on one where the functions of PostgreSQL belong to the platform. */
export type Kind = "own" | "managed";

/** Makes a migrated database with the sample business in it. */
export async function createDatabase(server: EmbeddedPostgres, name: Kind): Promise<void> {
  await server.asAdmin("postgres", (client) => client.query(`CREATE DATABASE ${name}`));
  await server.asAdmin(name, async (client) => {
    if (name === "managed") {
      await client.query(
        "CREATE SCHEMA migration; CREATE TABLE migration.applied (name text PRIMARY KEY, at timestamptz DEFAULT now())",
      );
      await client.query("INSERT INTO migration.applied (name) VALUES ('003-functions.sql')");
    }
    await migrate(client);
    await installSealKey(client, SEAL_KEY);
    await client.query("BEGIN");
    await client.query(readFileSync(join(import.meta.dirname, "sample-business.sql"), "utf8"));
    await client.query("COMMIT");
  });
}

/** Services over one of these databases. */
export function servicesOf(
  server: EmbeddedPostgres,
  database: string,
  settings: Partial<DatabaseSettings> = {},
): DatabaseServices {
  const tenantDatabase = new TenantDatabase(
    {
      connection: server.connection("mcp_database", database),
      sealKey: SEAL_KEY,
      maxConnections: 4,
      maxConnectionsPerTenant: 4,
      acquireTimeoutMs: 5_000,
      statementTimeoutMs: 5_000,
      callTimeoutMs: 10_000,
      maxReceivedBytes: 8_000_000,
      ...settings,
    },
    () => undefined,
  );
  return {
    database: tenantDatabase,
    limits: { maxRows: 1_000, maxBytes: 1_000_000, maxChangedRows: 10 },
    cursorKey: Buffer.alloc(32, 9),
    writableTables: new Set(["customer", "order", "invoice"]),
  };
}

export const contextOf = (tenantId: string): TenantContext => ({
  tenantId,
  clientId: "client",
  scopes: ["mcp:read", "mcp:write"],
  permissions: PERMISSIONS,
  requestId: "request",
  correlationId: "correlation",
});

/** What the tools answer, all members in one. */
export interface Answer {
  readonly rows: unknown[][];
  readonly truncated: boolean;
  readonly nextCursor?: string;
  readonly replayed: boolean;
  readonly plan: unknown;
  readonly tables: { readonly name: string }[];
}

/** Calls a tool as the host does: arguments through its schema, the answer through its own. */
export async function call(
  services: DatabaseServices,
  tool: Tool<DatabaseServices>,
  args: object,
  tenantId = "acme",
  signal = new AbortController().signal,
): Promise<Answer> {
  const answer = await tool.run((await parsed(tool.input, args)) as object, {
    context: contextOf(tenantId),
    signal,
    services,
    protocol: undefined as never,
  });
  if (tool.output === undefined) throw new TypeError(`${tool.name} has no output`);
  return (await parsed(tool.output, answer)) as Answer;
}

async function parsed(schema: StandardSchemaWithJSON, value: unknown): Promise<unknown> {
  const result = await schema["~standard"].validate(value);
  if (result.issues !== undefined) throw new TypeError(JSON.stringify(result.issues));
  return result.value;
}

/** A digest of all that the tenants and we keep, to see whether anything changed. */
export async function digestOf(server: EmbeddedPostgres, database: string): Promise<string> {
  return server.asAdmin(database, async (client) => {
    const { rows } = await client.query(
      `SELECT (SELECT json_agg(c ORDER BY c) FROM business.customer c), (SELECT json_agg(o ORDER BY o.tenant_id, o.id) FROM business."order" o),
       (SELECT json_agg(i ORDER BY i) FROM business.invoice i), (SELECT json_agg(k ORDER BY k) FROM app.idempotency k),
       (SELECT json_agg(relname ORDER BY oid) FROM pg_class), (SELECT json_agg(rolname ORDER BY oid) FROM pg_roles),
       (SELECT count(*) FROM pg_largeobject_metadata), (SELECT json_agg(setconfig) FROM pg_db_role_setting)`,
    );
    return createHash("sha256").update(JSON.stringify(rows)).digest("hex");
  });
}
