import type { CreateIdentityProviderRequest } from "@aws-sdk/client-cognito-identity-provider";
import * as z from "zod";
import type { Provider } from "./config.ts";

/** What Facebook's interface is asked in; Amazon Cognito wants it named. */
const FACEBOOK_VERSION = "v17.0";

/** How much of a person each provider is asked for: the least that it has, since the pool keeps nothing but who it is. */
const SCOPES = {
  Facebook: "public_profile",
  Google: "openid",
  OIDC: "openid",
  SignInWithApple: "name",
} as const;

const clientSecret = z.object({ clientSecret: z.string().min(1) });
const privateKey = z.object({ privateKey: z.string().min(1) });

/** What the pool is told of a provider. */
export type ProviderRequest = Pick<CreateIdentityProviderRequest, "ProviderDetails" | "AttributeMapping">;

/**
 * What the pool is told of a provider whose secret has this text; throws without a word of the secret. No claim of a provider becomes
 * an attribute but the one by which it knows the person: none can say a tenant, a role, or that an address is verified.
 */
export function providerRequest(provider: Provider, secret: string | undefined): ProviderRequest {
  const { type, clientId } = provider;
  return {
    ProviderDetails: { client_id: clientId, authorize_scopes: SCOPES[type], ...detailsOf(provider, parsed(secret)) },
    AttributeMapping: { username: type === "Facebook" ? "id" : "sub" },
  };
}

function detailsOf(provider: Provider, secret: unknown): Readonly<Record<string, string>> {
  switch (provider.type) {
    case "SignInWithApple":
      return { team_id: provider.teamId, key_id: provider.keyId, private_key: read(privateKey, secret).privateKey };
    case "OIDC":
      return { oidc_issuer: provider.issuer, attributes_request_method: "GET", ...withSecret(secret) };
    case "Facebook":
      return { api_version: FACEBOOK_VERSION, ...withSecret(secret) };
    case "Google":
      return withSecret(secret);
  }
}

function withSecret(secret: unknown): { readonly client_secret: string } {
  return { client_secret: read(clientSecret, secret).clientSecret };
}

function read<T>(schema: z.ZodType<T>, secret: unknown): T {
  const result = schema.safeParse(secret);
  if (result.success) return result.data;
  throw new Error("the secret must be a JSON object with clientSecret, or with privateKey for Apple");
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}
