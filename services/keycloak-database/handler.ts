import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { asMaster } from "../database-setup/as-master.ts";
import { allowLogin, type LoginReport } from "./allow-login.ts";
import { KeycloakDatabaseConfig } from "./config.ts";

/** Lambda's entry point, called once for each deployment that changes it. */
export function handler(): Promise<LoginReport> {
  const config = KeycloakDatabaseConfig.parse(process.env);
  return asMaster(new SecretsManagerClient(), config, (client) => allowLogin(client, config.DATABASE_USER));
}
