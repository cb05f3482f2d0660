import {
  CognitoIdentityProviderClient,
  CreateIdentityProviderCommand,
  DuplicateProviderException,
  UpdateIdentityProviderCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { secretText } from "../database-setup/secret-text.ts";
import { type Provider, SignInProvidersConfig } from "./config.ts";
import { providerRequest } from "./provider-request.ts";

const config = SignInProvidersConfig.parse(process.env);
const cognito = new CognitoIdentityProviderClient();
const secrets = new SecretsManagerClient();

/** The providers that the pool knows now, by name. */
export interface ProvidersReport {
  readonly written: readonly string[];
}

/**
 * Writes each provider to the pool, with the value that its secret has now: called by a deployment, and by whoever has written a secret.
 * Throws what is wrong with all of them together, so that a deployment offers no provider by which nobody could sign in.
 */
export async function handler(): Promise<ProvidersReport> {
  const entries = Object.entries(config.PROVIDERS);
  const results = await Promise.allSettled(entries.map(([name, it]) => write(name, it)));
  const problems = results.flatMap((it, i) =>
    it.status === "fulfilled" ? [] : [`${entries[i]?.[0] ?? ""}: ${messageOf(it.reason)}`],
  );
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return { written: entries.map(([name]) => name) };
}

async function write(name: string, provider: Provider): Promise<void> {
  const request = providerRequest(provider, await secretText(secrets, provider.secretArn));
  const of = { UserPoolId: config.USER_POOL_ID, ProviderName: name };
  try {
    await cognito.send(new CreateIdentityProviderCommand({ ...of, ProviderType: provider.type, ...request }));
  } catch (error) {
    if (!(error instanceof DuplicateProviderException)) throw error;
    await cognito.send(new UpdateIdentityProviderCommand({ ...of, ...request }));
  }
}

/** An error of the pool may repeat what it was sent, and so only its name is told. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return "failed";
  return "$metadata" in error ? error.name : error.message;
}
