import { readFile } from "node:fs/promises";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { z } from "zod";
import type { DatabaseConfig } from "./config.ts";
import { connectionOf } from "./connection.ts";
import { readKeys } from "./tenancy/database-keys.ts";
import type { DatabaseServices } from "./services.ts";
import { loadParser } from "./statements/sql-parser.ts";
import { TenantDatabase } from "./tenancy/tenant-database.ts";

/** What lies between the driver's buffers and a page: the text form of a value may be twice as long as its JSON. */
const RECEIVED_PER_ANSWERED = 8;

type Config = z.output<typeof DatabaseConfig>;

/** What the tools share, and how to let go of it. */
export interface OpenDatabase {
  readonly services: DatabaseServices;
  readonly close: () => Promise<void>;
}

/** Reads the keys and makes what the tools share; the database is not connected until the first call. */
export async function openServices(config: Config, onIdleError: (error: Error) => void): Promise<OpenDatabase> {
  const [secret] = await Promise.all([secretOf(config), loadParser()]);
  const { sealKey, cursorKey } = readKeys(secret);
  const settings = {
    connection: connectionOf(config),
    sealKey,
    maxConnections: config.DATABASE_CONNECTIONS,
    maxConnectionsPerTenant: config.DATABASE_CONNECTIONS_PER_TENANT,
    acquireTimeoutMs: config.DATABASE_ACQUIRE_TIMEOUT_MS,
    statementTimeoutMs: config.DATABASE_STATEMENT_TIMEOUT_MS,
    callTimeoutMs: config.DATABASE_CALL_TIMEOUT_MS,
    maxReceivedBytes: config.DATABASE_MAX_BYTES * RECEIVED_PER_ANSWERED,
  };
  const database = new TenantDatabase(settings, onIdleError);
  const services = {
    database,
    limits: {
      maxRows: config.DATABASE_MAX_ROWS,
      maxBytes: config.DATABASE_MAX_BYTES,
      maxChangedRows: config.DATABASE_MAX_CHANGED_ROWS,
    },
    cursorKey,
    writableTables: new Set(config.DATABASE_WRITABLE_TABLES),
  };
  return { services, close: () => database.close() };
}

async function secretOf(config: Config): Promise<string> {
  if (config.DATABASE_AUTH === "socket") return readFile(config.DATABASE_SECRET_FILE, "utf8");
  const client = new SecretsManagerClient({ region: config.AWS_REGION });
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: config.DATABASE_SECRET }));
    return SecretString ?? "";
  } finally {
    client.destroy();
  }
}
