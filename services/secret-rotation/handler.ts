import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import { clientCredentialsToken } from "../agent-token/client-credentials.ts";
import { RotationConfig } from "./config.ts";
import { writeFirstValue } from "./first-value.ts";
import { poolClient } from "./pool-client.ts";
import { rotate, type Rotation, STEPS } from "./rotation.ts";
import { secretVersions } from "./secret-versions.ts";

const config = RotationConfig.parse(process.env);
const cognito = new CognitoIdentityProviderClient();
const secrets = new SecretsManagerClient();

/** What Secrets Manager sends ("Rotation by Lambda function"), or a deployment, which sends nothing. */
const event = z.union([
  z.object({ Step: z.enum(STEPS), SecretId: z.string(), ClientRequestToken: z.string().min(32).max(64) }),
  z.strictObject({}),
]);

/** The secrets that got their first value, by ARN. */
export interface RotationReport {
  readonly written: readonly string[];
}

/** Does a step of a rotation; a deployment's call gives first values to the secrets that are empty. */
export async function handler(input: unknown): Promise<RotationReport> {
  const call = event.parse(input);
  if ("Step" in call) {
    await rotate(rotationOf(call.SecretId), call.Step, call.ClientRequestToken);
    return { written: [] };
  }
  const written: string[] = [];
  for (const arn of Object.keys(config.CLIENTS)) if (await writeFirstValue(rotationOf(arn))) written.push(arn);
  return { written };
}

function rotationOf(secretArn: string): Rotation {
  const clientId = Object.hasOwn(config.CLIENTS, secretArn) ? config.CLIENTS[secretArn] : undefined;
  if (clientId === undefined) throw new Error("the secret is of none of the function's clients");
  const tokenUrl = config.TOKEN_URL;
  return {
    client: poolClient(cognito, config.USER_POOL_ID, clientId),
    versions: secretVersions(secrets, secretArn),
    tryOut: (clientSecret) =>
      clientCredentialsToken({ clientId, clientSecret: () => Promise.resolve(clientSecret), tokenUrl }),
  };
}
