import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { z } from "zod";
import type { Api } from "./api.ts";
import type { ApiIntegrationConfig } from "./config.ts";
import { Backend } from "./http/backend.ts";
import { type Credentials, folderCredentials } from "./http/credentials.ts";
import { secretsManagerCredentials } from "./http/aws-secrets.ts";
import type { ApiIntegrationServices } from "./services.ts";

type Config = Pick<z.output<typeof ApiIntegrationConfig>, "BACKENDS" | "SECRETS_FOLDER">;

/** What the tools share, and how it ends. */
export interface OpenServices {
  readonly services: ApiIntegrationServices;
  close(): Promise<void>;
}

/** Makes the backends of the APIs from the configuration; nothing is connected until the first call. Throws for an API without one. */
export function openServices({ BACKENDS, SECRETS_FOLDER }: Config, apis: readonly Api[]): OpenServices {
  const missing = apis.filter(({ name }) => !Object.hasOwn(BACKENDS, name)).map(({ name }) => name);
  const unknown = Object.keys(BACKENDS).filter((name) => !apis.some((it) => it.name === name));
  if (missing.length > 0 || unknown.length > 0)
    throw new TypeError(`BACKENDS must name the APIs: missing ${list(missing)}, unknown ${list(unknown)}`);
  const client = SECRETS_FOLDER === undefined ? new SecretsManagerClient() : undefined;
  const credentials: Credentials =
    client === undefined ? folderCredentials(SECRETS_FOLDER ?? "") : secretsManagerCredentials(client);
  const backends = apis.flatMap(({ name, authentication }) => {
    const settings = BACKENDS[name];
    const options = { name, credentials, ...(authentication !== undefined && { authentication }) };
    return settings === undefined ? [] : [new Backend(settings, options)];
  });
  return {
    services: { backends: new Map(backends.map((it) => [it.name, it])) },
    close: async () => {
      await Promise.all(backends.map((it) => it.close()));
      client?.destroy();
    },
  };
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.map((it) => `"${it}"`).join(", ");
}
