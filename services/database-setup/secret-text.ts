import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";

/** The text of a secret of AWS Secrets Manager, by name or ARN, or `undefined` while it has none. Apart from writing, which most roles may not. */
export async function secretText(client: SecretsManagerClient, secretId: string): Promise<string | undefined> {
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    return SecretString;
  } catch (error) {
    // So it is called when the secret exists and has no value yet; one that does not exist cannot be written either.
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
