import { Signer } from "@aws-sdk/rds-signer";
import type { PoolConfig } from "pg";
import type { z } from "zod";
import type { DatabaseConfig } from "./config.ts";
import { rdsTls } from "./rds-tls.ts";

/** How the server connects: by a fresh token of IAM for each connection, or by a socket that asks for none. */
export function connectionOf(config: z.output<typeof DatabaseConfig>): PoolConfig {
  const { DATABASE_HOST: host, DATABASE_PORT: port, DATABASE_NAME: database, DATABASE_USER: user } = config;
  if (config.DATABASE_AUTH === "socket") return { host, port, database, user };
  const signer = new Signer({ hostname: host, port, username: user, region: config.AWS_REGION });
  return {
    host,
    port,
    database,
    user,
    password: () => signer.getAuthToken(),
    ssl: rdsTls(),
  };
}
