import type { z } from "zod";
import type { DatabaseConfig } from "./config.ts";
import type { DatabaseServices } from "./services.ts";
import { TenantDatabase } from "./tenant-database.ts";

/** What lies between the driver's buffers and a page: the text form of a value may be twice as long as its JSON. */
const RECEIVED_PER_ANSWERED = 8;

/** Makes what the tools share from the configuration; nothing is connected until the first call. */
export function openServices(
  config: z.output<typeof DatabaseConfig>,
  onIdleError: (error: Error) => void,
): DatabaseServices {
  const settings = {
    connection: { connectionString: config.DATABASE_URL },
    sealKey: config.DATABASE_SEAL_KEY,
    maxConnections: config.DATABASE_CONNECTIONS,
    maxConnectionsPerTenant: config.DATABASE_CONNECTIONS_PER_TENANT,
    acquireTimeoutMs: config.DATABASE_ACQUIRE_TIMEOUT_MS,
    statementTimeoutMs: config.DATABASE_STATEMENT_TIMEOUT_MS,
    callTimeoutMs: config.DATABASE_CALL_TIMEOUT_MS,
    maxReceivedBytes: config.DATABASE_MAX_BYTES * RECEIVED_PER_ANSWERED,
  };
  return {
    database: new TenantDatabase(settings, onIdleError),
    limits: {
      maxRows: config.DATABASE_MAX_ROWS,
      maxBytes: config.DATABASE_MAX_BYTES,
      maxChangedRows: config.DATABASE_MAX_CHANGED_ROWS,
    },
    cursorKey: config.DATABASE_CURSOR_KEY,
    writableTables: new Set(config.DATABASE_WRITABLE_TABLES),
  };
}
