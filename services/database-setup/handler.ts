import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { asMaster } from "./as-master.ts";
import { SetupConfig } from "./config.ts";
import { secretStore } from "./secret-store.ts";
import { setUp, type SetupReport } from "./set-up.ts";

/** Lambda's entry point, called once for each deployment that changes it. */
export function handler(): Promise<SetupReport> {
  const config = SetupConfig.parse(process.env);
  const secrets = new SecretsManagerClient();
  return asMaster(secrets, config, (client) => setUp(client, secretStore(secrets, config.DATABASE_SECRET)));
}
