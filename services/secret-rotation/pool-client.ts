import {
  AddUserPoolClientSecretCommand,
  type CognitoIdentityProviderClient,
  DeleteUserPoolClientSecretCommand,
  ListUserPoolClientSecretsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { ClientSecret } from "../libraries/service-kit/client-secret.ts";

/** A user pool allows no more at a time (Amazon Cognito, AddUserPoolClientSecret). */
const MOST_SECRETS = 2;

/** The secrets of one client of a user pool. */
export interface PoolClient {
  /** The ids of its secrets, the oldest first. */
  secretIds(): Promise<readonly string[]>;
  /** Makes a secret. Where there are two, ends the older one of those that are not `kept` first. */
  add(kept: string | undefined): Promise<ClientSecret>;
  /** Ends all secrets but one. */
  keepOnly(secretId: string): Promise<void>;
}

/** A client of a user pool, by its id. */
export function poolClient(cognito: CognitoIdentityProviderClient, userPoolId: string, clientId: string): PoolClient {
  const ofClient = { UserPoolId: userPoolId, ClientId: clientId };
  const secretIds = async (): Promise<readonly string[]> => {
    const { ClientSecrets = [] } = await cognito.send(new ListUserPoolClientSecretsCommand(ofClient));
    const age = (it: (typeof ClientSecrets)[number]): number => it.ClientSecretCreateDate?.getTime() ?? 0;
    return ClientSecrets.toSorted((a, b) => age(a) - age(b)).flatMap(({ ClientSecretId: id }) => id ?? []);
  };
  const end = (id: string): Promise<unknown> =>
    cognito.send(new DeleteUserPoolClientSecretCommand({ ...ofClient, ClientSecretId: id }));
  return {
    secretIds,
    add: async (kept) => {
      const ids = await secretIds();
      const oldest = ids.find((it) => it !== kept);
      if (ids.length >= MOST_SECRETS && oldest !== undefined) await end(oldest);
      const { ClientSecretDescriptor: it } = await cognito.send(new AddUserPoolClientSecretCommand(ofClient));
      if (it?.ClientSecretId === undefined || it.ClientSecretValue === undefined)
        throw new Error("Amazon Cognito answered no new secret");
      return { clientSecret: it.ClientSecretValue, clientSecretId: it.ClientSecretId };
    },
    keepOnly: async (secretId) => {
      for (const it of await secretIds()) if (it !== secretId) await end(it);
    },
  };
}
