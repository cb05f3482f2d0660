import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { secretText } from "../database-setup/secret-text.ts";
import { ClientSecret, GuardConfig } from "./config.ts";
import { keepRealms, type RealmReport } from "./keep-realms.ts";
import { KeycloakAdmin } from "./keycloak-admin.ts";

/** Lambda's entry point, called by a schedule. Throws when a realm could not be kept, so that the failure is counted. */
export async function handler(): Promise<readonly RealmReport[]> {
  const config = GuardConfig.parse(process.env);
  const secrets = new SecretsManagerClient();
  const admin = new KeycloakAdmin({
    origin: config.ADMIN_URL,
    form: async () => {
      const { clientId, clientSecret } = ClientSecret.parse(
        JSON.parse((await secretText(secrets, config.CLIENT_SECRET)) ?? ""),
      );
      return { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
    },
  });
  const reports = await keepRealms(admin, config.REALMS);
  const problems = reports.flatMap(({ realm, problem }) => (problem === undefined ? [] : [`${realm}: ${problem}`]));
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return reports;
}
