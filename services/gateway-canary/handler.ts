import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { clientCredentialsToken } from "../agent-token/client-credentials.ts";
import { readClientSecret } from "../libraries/service-kit/client-secret.ts";
import { serviceLog, toStandardOutput } from "../libraries/service-kit/log.ts";
import { canary } from "./canary.ts";
import { GatewayCanaryConfig } from "./config.ts";

const config = GatewayCanaryConfig.parse(process.env);
const secrets = new SecretsManagerClient();

/** Tries the one gateway whose canary this is; called by a schedule, of whose event nothing is read. */
export const handler = canary({
  url: new URL(config.CANARY_GATEWAY_URL),
  askToken: () => clientCredentialsToken({ clientId: config.CLIENT_ID, clientSecret, tokenUrl: config.TOKEN_URL }),
  dimensions: { tenant: config.TENANT_ID, scenario: config.SCENARIO, environment: config.DEPLOYMENT_ENV },
  write: toStandardOutput,
  log: serviceLog("gateway-canary"),
  now: Date.now,
});

/** Read for each token, so that a new secret counts at once. */
async function clientSecret(): Promise<string> {
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: config.CLIENT_SECRET_ARN }));
  return readClientSecret(SecretString).clientSecret;
}
