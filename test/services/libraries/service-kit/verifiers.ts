import { expect } from "vitest";
import { TokenError } from "../../../../services/libraries/service-kit/problem.ts";
import { tokenVerifier } from "../../../../services/libraries/service-kit/tokens/token.ts";
import type { TokenVerifier, TokenVerifierOptions } from "../../../../services/libraries/service-kit/tokens/token.ts";
import { keysOf, signingKey } from "../../../support/issuer.ts";

const SCOPES = ["mcp:read", "mcp:write"];

/** The key of every issuer here, and another with the same id. */
export const [key, strangersKey] = await Promise.all([signingKey("key-1"), signingKey("key-1")]);

/** The gateway of acme-corp for its developers. */
export const keycloak = (changes: Partial<TokenVerifierOptions> = {}): TokenVerifier =>
  tokenVerifier({
    profile: "keycloak",
    issuer: "https://keycloak.example.com/realms/acme-corp",
    audience: "https://gateway.example.com/internal",
    keys: keysOf(key),
    tenantId: "acme-corp",
    scopes: SCOPES,
    ...changes,
  } as TokenVerifierOptions);

/** The gateway of acme-corp for its partners. */
export const cognito = (): TokenVerifier =>
  tokenVerifier({
    profile: "cognito",
    issuer: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_acme-corp",
    clients: ["finance-agent-001"],
    scopePrefix: "b2b",
    keys: keysOf(key),
    tenantId: "acme-corp",
    scopes: SCOPES,
  });

/** A gateway of acme-corp with an issuer by the book. */
export const rfc9068 = (): TokenVerifier =>
  tokenVerifier({
    profile: "rfc9068",
    issuer: "https://issuer.example.com/acme-corp",
    audience: "https://gateway.example.com/b2c",
    keys: keysOf(key),
    tenantId: "acme-corp",
    scopes: SCOPES,
  });

/** The error by which a token is refused. */
export async function refusal(
  token: string,
  verify: (token: string) => Promise<unknown> = keycloak(),
): Promise<TokenError> {
  const failure: unknown = await verify(token).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(TokenError);
  return failure as TokenError;
}
