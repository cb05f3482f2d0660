import { z } from "zod";

const list = z
  .string()
  .transform((it) => it.split(",").map((part) => part.trim()))
  .pipe(z.array(z.string().min(1)).min(1));

const secretKey = z
  .base64()
  .transform((it) => Buffer.from(it, "base64"))
  .refine(({ length }) => length === 32, "must be 32 bytes in base64");

const count = (fallback: number, most: number) => z.coerce.number().int().min(1).max(most).default(fallback);

/** What the database server must be given; every fault is reported at once. */
export const DatabaseConfig = z.object({
  /** Whose interceptor signs the context tokens that are accepted. */
  CONTEXT_ISSUER: z.url(),
  /** Where that interceptor publishes its public keys. */
  CONTEXT_KEYS_URL: z.url(),
  /** Host names that requests may name, separated by commas. */
  ALLOWED_HOSTS: list,
  /** Logs in as mcp_database, which has no right but to become reader or writer. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Proves to the database that the service named the tenant. */
  DATABASE_SEAL_KEY: secretKey,
  /** Seals the cursors that callers hold. */
  DATABASE_CURSOR_KEY: secretKey,
  /** The tables of the schema "business" that may be changed, separated by commas; none without it. */
  DATABASE_WRITABLE_TABLES: list.default([]),
  DATABASE_CONNECTIONS: count(10, 100),
  DATABASE_CONNECTIONS_PER_TENANT: count(5, 100),
  DATABASE_ACQUIRE_TIMEOUT_MS: count(2_000, 60_000),
  DATABASE_STATEMENT_TIMEOUT_MS: count(10_000, 300_000),
  DATABASE_CALL_TIMEOUT_MS: count(20_000, 300_000),
  DATABASE_MAX_ROWS: count(1_000, 10_000),
  DATABASE_MAX_BYTES: count(1_000_000, 10_000_000),
  DATABASE_MAX_CHANGED_ROWS: count(100, 10_000),
});

/** The names that `infra` must supply. */
export type DatabaseEnvironment = z.input<typeof DatabaseConfig>;
