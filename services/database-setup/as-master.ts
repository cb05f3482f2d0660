import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import pg from "pg";
import * as z from "zod";
import type { DatabasePlace } from "../mcp/database/config.ts";
import { rdsTls } from "../mcp/database/rds-tls.ts";
import { secretText } from "./secret-text.ts";

/** A cluster that has been paused for days takes half a minute to wake up. */
const WAKE_UP_MS = 90_000;

const masterSchema = z.object({ username: z.string().min(1), password: z.string().min(1) });

/** A database, and the secret in which Amazon RDS keeps its administrator's password. */
export type ManagedDatabase = z.output<typeof DatabasePlace> & { readonly DATABASE_MASTER_SECRET: string };

/** Does something as the administrator of a database, over TLS; throws what `work` throws, or why nobody gets in. */
export async function asMaster<Result>(
  secrets: SecretsManagerClient,
  database: ManagedDatabase,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const secret = await secretText(secrets, database.DATABASE_MASTER_SECRET);
  const { username: user, password } = masterSchema.parse(JSON.parse(secret ?? ""));
  const client = new pg.Client({
    host: database.DATABASE_HOST,
    port: database.DATABASE_PORT,
    database: database.DATABASE_NAME,
    user,
    password,
    ssl: rdsTls(),
    connectionTimeoutMillis: WAKE_UP_MS,
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
