import * as z from "zod";
import { HostConfig, wordList } from "../../libraries/mcp-host/config.ts";

const count = (fallback: number, most: number) => z.coerce.number().int().min(1).max(most).default(fallback);

/** Where a database is. */
export const DatabasePlace = z.object({
  /** A host name, or the folder of a socket. */
  DATABASE_HOST: z.string().min(1),
  DATABASE_PORT: z.coerce.number().int().min(1).max(65_535).default(5432),
  DATABASE_NAME: z.string().min(1),
});

/** Amazon RDS: a token of IAM in place of a password, over TLS. */
const WithIam = z.object({
  DATABASE_AUTH: z.literal("iam"),
  AWS_REGION: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/),
  /** Name or ARN of the secret in AWS Secrets Manager that holds the keys. */
  DATABASE_SECRET: z.string().min(1),
});

/** A server on this machine, whose socket only its owner may open. */
const BySocket = z.object({
  DATABASE_AUTH: z.literal("socket"),
  DATABASE_HOST: z.string().startsWith("/"),
  /** File that holds the keys. */
  DATABASE_SECRET_FILE: z.string().min(1),
});

/** What the database server must be given; every fault is reported at once. */
export const DatabaseConfig = HostConfig.extend({
  ...DatabasePlace.shape,
  /** Has no right but to become reader or writer. */
  DATABASE_USER: z.string().min(1).default("mcp_database"),
  /** The tables of the schema "business" that may be changed, separated by commas; none without it. */
  DATABASE_WRITABLE_TABLES: wordList.default([]),
  DATABASE_CONNECTIONS: count(10, 100),
  DATABASE_CONNECTIONS_PER_TENANT: count(5, 100),
  DATABASE_ACQUIRE_TIMEOUT_MS: count(2_000, 60_000),
  DATABASE_STATEMENT_TIMEOUT_MS: count(10_000, 300_000),
  DATABASE_CALL_TIMEOUT_MS: count(20_000, 300_000),
  DATABASE_MAX_ROWS: count(1_000, 10_000),
  DATABASE_MAX_BYTES: count(1_000_000, 10_000_000),
  DATABASE_MAX_CHANGED_ROWS: count(100, 10_000),
}).and(z.discriminatedUnion("DATABASE_AUTH", [WithIam, BySocket]));

/** The names that `infra` must supply. */
export type DatabaseEnvironment = z.input<typeof DatabaseConfig>;
