import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";

/** One secret. */
export interface SecretStore {
  /** Its text, or `undefined` while it has none. */
  read(): Promise<string | undefined>;
  write(text: string): Promise<void>;
}

/** A secret of AWS Secrets Manager, by name or ARN. */
export function secretStore(client: SecretsManagerClient, secretId: string): SecretStore {
  return {
    read: async () => {
      try {
        const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
        return SecretString;
      } catch (error) {
        // So it is called when the secret exists and has no value yet; one that does not exist cannot be written either.
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
      }
    },
    write: async (text) => {
      await client.send(new PutSecretValueCommand({ SecretId: secretId, SecretString: text }));
    },
  };
}
