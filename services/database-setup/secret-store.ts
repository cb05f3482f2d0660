import { PutSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { secretText } from "./secret-text.ts";

/** One secret. */
export interface SecretStore {
  /** Its text, or `undefined` while it has none. */
  read(): Promise<string | undefined>;
  write(text: string): Promise<void>;
}

/** A secret of AWS Secrets Manager, by name or ARN. */
export function secretStore(client: SecretsManagerClient, secretId: string): SecretStore {
  return {
    read: () => secretText(client, secretId),
    write: async (text) => {
      await client.send(new PutSecretValueCommand({ SecretId: secretId, SecretString: text }));
    },
  };
}
