import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import pg from "pg";
import { z } from "zod";
import { rdsTls } from "../mcp/database/rds-tls.ts";
import { SetupConfig } from "./config.ts";
import { secretStore } from "./secret-store.ts";
import { setUp, type SetupReport } from "./set-up.ts";

/** A cluster that has been paused for days takes half a minute to wake up. */
const WAKE_UP_MS = 90_000;

const masterSchema = z.object({ username: z.string().min(1), password: z.string().min(1) });

/** Lambda's entry point, called once for each deployment that changes it. */
export async function handler(): Promise<SetupReport> {
  const config = SetupConfig.parse(process.env);
  const secrets = new SecretsManagerClient();
  const master = masterSchema.parse(
    JSON.parse((await secretStore(secrets, config.DATABASE_MASTER_SECRET).read()) ?? ""),
  );
  const client = new pg.Client({
    host: config.DATABASE_HOST,
    port: config.DATABASE_PORT,
    database: config.DATABASE_NAME,
    user: master.username,
    password: master.password,
    ssl: rdsTls(),
    connectionTimeoutMillis: WAKE_UP_MS,
  });
  await client.connect();
  try {
    return await setUp(client, secretStore(secrets, config.DATABASE_SECRET));
  } finally {
    await client.end();
  }
}
