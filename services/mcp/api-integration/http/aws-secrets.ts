import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { BoundedCache } from "../../../libraries/service-kit/bounded-cache.ts";
import { type Credentials, unavailable } from "./credentials.ts";

const REMEMBERED_MS = 5 * 60_000;
const MOST_REMEMBERED = 100;

/** Reads secrets from AWS Secrets Manager, and remembers each for five minutes. */
export function secretsManagerCredentials(client: SecretsManagerClient): Credentials {
  const read = new BoundedCache<Promise<string>>(MOST_REMEMBERED);
  return {
    read(name) {
      const known = read.get(name);
      if (known !== undefined) return known;
      const secret = fetchSecret(client, name);
      read.set(name, secret, REMEMBERED_MS);
      // What failed is asked for again by the next call.
      secret.catch(() => read.set(name, secret, 0));
      return secret;
    },
    forget: (name) => read.set(name, Promise.resolve(""), 0),
  };
}

async function fetchSecret(client: SecretsManagerClient, name: string): Promise<string> {
  const found = await client.send(new GetSecretValueCommand({ SecretId: name })).catch((cause: unknown) => {
    throw unavailable(name, cause);
  });
  if (found.SecretString === undefined) throw unavailable(name);
  return found.SecretString;
}
