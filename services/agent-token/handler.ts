import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { keptTokens, type MachineToken } from "../libraries/gateway-client/machine-token.ts";
import { readClientSecret } from "../libraries/service-kit/client-secret.ts";
import { clientCredentialsToken } from "./client-credentials.ts";
import { AgentTokenConfig } from "./config.ts";

const config = AgentTokenConfig.parse(process.env);
const secrets = new SecretsManagerClient();

const tokens = keptTokens(() =>
  clientCredentialsToken({ clientId: config.CLIENT_ID, clientSecret, tokenUrl: config.TOKEN_URL }),
);

/** The token of the one agent whose function this is. Nothing of the call is read: who may ask is for IAM to say. */
export const handler = (): Promise<MachineToken> => tokens();

/** Read for each token, so that a new secret counts at once. */
async function clientSecret(): Promise<string> {
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: config.CLIENT_SECRET_ARN }));
  return readClientSecret(SecretString).clientSecret;
}
