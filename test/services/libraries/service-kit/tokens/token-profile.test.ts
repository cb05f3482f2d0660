import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TokenError } from "../../../../../services/libraries/service-kit/problem.ts";
import { tokenVerifier } from "../../../../../services/libraries/service-kit/tokens/token.ts";
import type { TokenVerifierOptions } from "../../../../../services/libraries/service-kit/tokens/token.ts";
import { cognitoClaims, keycloakClaims, keysOf, rfc9068Claims, signToken } from "../../../../support/issuer.ts";
import { cognito, keycloak, key, refusal, rfc9068, strangersKey } from "../verifiers.ts";

const seconds = (): number => Math.floor(Date.now() / 1_000);

describe("the profiles tell access tokens from others", () => {
  it("refuses Cognito's ID token", async () => {
    const token = await signToken(cognitoClaims("acme-corp", { token_use: "id", aud: "finance-agent-001" }), key);
    expect(await refusal(token, cognito())).toMatchObject({ code: "ERR_TOKEN_TYPE", claim: "token_use" });
  });

  it("refuses a Cognito client that the gateway does not know", async () => {
    const token = await signToken(cognitoClaims("acme-corp", { client_id: "other" }), key);
    expect(await refusal(token, cognito())).toMatchObject({ code: "ERR_TOKEN_CLIENT", claim: "client_id" });
  });

  it.each(["b2c/mcp.read", "mcp.read", "mcp:read", "xb2b/mcp.read", "b2b/b2b/mcp.read", "b2b/mcp.read.x"])(
    "refuses Cognito scopes of another gateway: %s",
    async (scope) => {
      const token = await signToken(cognitoClaims("acme-corp", { scope }), key);
      expect((await refusal(token, cognito())).code).toBe("ERR_TOKEN_SCOPE");
    },
  );

  it.each([undefined, "JWT", "at+jwtx", "logout+jwt"])("refuses typ %j by RFC 9068", async (typ) => {
    const token = await signToken(rfc9068Claims("acme-corp"), key, typ === undefined ? {} : { typ });
    expect(await refusal(token, rfc9068())).toMatchObject({ code: "ERR_TOKEN_TYPE", claim: "typ" });
  });

  it("does not start without anything that binds tokens to the resource", () => {
    const options = { profile: "rfc9068", issuer: "x", keys: keysOf(), tenantId: "acme-corp", scopes: ["mcp:read"] };
    expect(() => tokenVerifier(options as unknown as TokenVerifierOptions)).toThrow(TypeError);
  });
});

describe("the caches", () => {
  it("verify a token once, and forget it when it expires", async () => {
    let lookups = 0;
    let now = Date.now();
    const keys = keysOf(key);
    const verify = keycloak({
      now: () => now,
      keys: (...args) => {
        lookups++;
        return keys(...args);
      },
    });
    const token = await signToken(keycloakClaims("acme-corp", { exp: seconds() + 40 }), key);
    for (let i = 0; i < 5; i++) await verify(token);
    expect(lookups).toBe(1);
    now += 75_000;
    expect((await refusal(token, verify)).code).toBe("ERR_TOKEN_EXPIRED");
  });

  it("verify again after a minute", async () => {
    let lookups = 0;
    let now = Date.now();
    const keys = keysOf(key);
    const verify = keycloak({ now: () => now, keys: (...args) => (lookups++, keys(...args)) });
    const token = await signToken(keycloakClaims("acme-corp"), key);
    await verify(token);
    now += 61_000;
    await verify(token);
    expect(lookups).toBe(2);
  });

  it("remember a refusal, so that a flood of one bad token costs one verification", async () => {
    let lookups = 0;
    const keys = keysOf(key);
    const verify = keycloak({ keys: (...args) => (lookups++, keys(...args)) });
    const token = await signToken(keycloakClaims("acme-corp"), strangersKey);
    for (let i = 0; i < 5; i++) expect((await refusal(token, verify)).code).toBe("ERR_TOKEN_SIGNATURE");
    expect(lookups).toBe(1);
  });
});

describe("whatever a token is", () => {
  it("only the tenant of the gateway comes out, or a TokenError", async () => {
    const verify = keycloak();
    const values = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("acme-corp", "xyz-gmbh"), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...Object.keys(keycloakClaims("a"))), values), async (changes) => {
        const token = await signToken(keycloakClaims("acme-corp", changes), key).catch(() => "x");
        const outcome = await verify(token).catch((error: unknown) => error);
        if (!(outcome instanceof TokenError)) expect(outcome).toHaveProperty("tenantId", "acme-corp");
      }),
      { numRuns: 300 },
    );
  });

  it("no text makes it fail otherwise than by a TokenError", async () => {
    const verify = keycloak();
    const part = fc.oneof(
      fc.string(),
      fc.jsonValue().map((it) => Buffer.from(JSON.stringify(it)).toString("base64url")),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 4 }), async (parts) => {
        await refusal(parts.join("."), verify);
      }),
      { numRuns: 1_000 },
    );
  });
});
