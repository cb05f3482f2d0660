import { createHmac } from "node:crypto";
import { exportSPKI, importJWK } from "jose";
import type { CryptoKey } from "jose";
import { describe, expect, it } from "vitest";
import {
  cognitoClaims,
  keycloakClaims,
  keysOf,
  rfc9068Claims,
  signingKey,
  signText,
  signToken,
} from "../../../../support/issuer.ts";
import type { Claims } from "../../../../support/issuer.ts";
import { cognito, keycloak, key, refusal, rfc9068, strangersKey } from "../verifiers.ts";

const seconds = (): number => Math.floor(Date.now() / 1_000);

describe("an access token", () => {
  it("of a person from Keycloak is accepted, with an opaque user", async () => {
    const claims = keycloakClaims("acme-corp", { organization_id: "org-finance" });
    expect(await keycloak()(await signToken(claims, key))).toEqual({
      issuer: "https://keycloak.example.com/realms/acme-corp",
      tenantId: "acme-corp",
      clientId: "ide-plugin",
      organizationId: "org-finance",
      userId: "5d0ab7b0-70a5-4c2f-8e85-1e1e5aee8c22",
      roles: ["developer"],
      department: "engineering",
      scopes: ["mcp:read"],
      tokenId: "7f0d3f8c-9d0f-4c0e-9f5b-0f9d3f2b6a11",
      issuedAt: claims.iat,
      expiresAt: claims.exp,
    });
  });

  it("of a machine from Cognito is accepted, with the scopes of this gateway only", async () => {
    const scope = "b2b/mcp.read b2c/mcp.write openid";
    const it = await cognito()(await signToken(cognitoClaims("acme-corp", { scope }), key));
    expect(it).toMatchObject({ clientId: "finance-agent-001", scopes: ["mcp:read"] });
    expect(it).not.toHaveProperty("userId");
  });

  it("by RFC 9068 is accepted, and a subject that is an e-mail address goes on as a digest", async () => {
    const it = await rfc9068()(await signToken(rfc9068Claims("acme-corp"), key, { typ: "at+jwt" }));
    expect(it.userId).toMatch(/^u-[0-9a-f]{32}$/);
  });

  it.each(["RS256", "PS256", "ES256", "EdDSA"])("may be signed by %s", async (algorithm) => {
    const its = await signingKey("its", algorithm);
    const token = await signToken(keycloakClaims("acme-corp"), its);
    await expect(keycloak({ keys: keysOf(key, its) })(token)).resolves.toHaveProperty("tenantId", "acme-corp");
  });

  it("may be a little early or late", async () => {
    const verify = keycloak();
    await verify(await signToken(keycloakClaims("acme-corp", { exp: seconds() - 20 }), key));
    await verify(await signToken(keycloakClaims("acme-corp", { nbf: seconds() + 20, iat: seconds() + 20 }), key));
  });
});

describe("a Keycloak token is refused", () => {
  const long = { note: "x".repeat(8_192) };
  it.each<[string, () => Claims, string, string | undefined]>([
    ["that has expired", () => ({ exp: seconds() - 60 }), "ERR_TOKEN_EXPIRED", "exp"],
    ["that is not yet valid", () => ({ nbf: seconds() + 60 }), "ERR_TOKEN_NOT_YET_VALID", "nbf"],
    ["that was issued in the future", () => ({ iat: seconds() + 60 }), "ERR_TOKEN_NOT_YET_VALID", "iat"],
    ["without an end", () => ({ exp: undefined }), "ERR_TOKEN_CLAIM", "exp"],
    ["with an end beyond all dates", () => ({ exp: 1e300 }), "ERR_TOKEN_CLAIM", "exp"],
    ["of another issuer", () => ({ iss: "https://keycloak.example.com/realms/other" }), "ERR_TOKEN_ISSUER", "iss"],
    [
      "for another audience",
      () => ({ aud: ["account", "https://gateway.example.com/b2c"] }),
      "ERR_TOKEN_AUDIENCE",
      "aud",
    ],
    ["without an audience", () => ({ aud: undefined }), "ERR_TOKEN_AUDIENCE", "aud"],
    ["without a client", () => ({ azp: undefined }), "ERR_TOKEN_CLAIM", "azp"],
    ["without a scope of the gateway", () => ({ scope: "openid finance:all" }), "ERR_TOKEN_SCOPE", "scope"],
    ["with scopes as an array", () => ({ scope: ["mcp:read"] }), "ERR_TOKEN_CLAIM", "scope"],
    ["that is an ID token", () => ({ typ: "ID" }), "ERR_TOKEN_TYPE", "typ"],
    ["that is a refresh token", () => ({ typ: "Refresh" }), "ERR_TOKEN_TYPE", "typ"],
    ["of another tenant", () => ({ tenant_id: "xyz-gmbh" }), "ERR_TOKEN_TENANT", "tenant_id"],
    ["without a tenant", () => ({ tenant_id: undefined }), "ERR_TOKEN_CLAIM", "tenant_id"],
    ["with tenants as an array", () => ({ tenant_id: ["acme-corp"] }), "ERR_TOKEN_CLAIM", "tenant_id"],
    ["with a tenant in Cyrillic letters", () => ({ tenant_id: "асme-corp" }), "ERR_TOKEN_CLAIM", "tenant_id"],
    ["with a tenant in full-width letters", () => ({ tenant_id: "ａcme-corp" }), "ERR_TOKEN_CLAIM", "tenant_id"],
    ["with a zero-width space in its tenant", () => ({ tenant_id: "acme\u200b-corp" }), "ERR_TOKEN_CLAIM", "tenant_id"],
    ["with a tenant in capitals", () => ({ tenant_id: "Acme-Corp" }), "ERR_TOKEN_CLAIM", "tenant_id"],
    ["with a line break after its tenant", () => ({ tenant_id: "acme-corp\n" }), "ERR_TOKEN_CLAIM", "tenant_id"],
    [
      "with an organization that is no identifier",
      () => ({ organization_id: "a b" }),
      "ERR_TOKEN_CLAIM",
      "organization_id",
    ],
    ["of 8 KB", () => long, "ERR_TOKEN_TOO_LARGE", undefined],
  ])("%s", async (_, changes, code, claim) => {
    const it = await refusal(await signToken(keycloakClaims("acme-corp", changes()), key));
    expect({ code: it.code, claim: it.claim }).toEqual({ code, claim });
  });

  it("of a client that the gateway does not know", async () => {
    const it = await refusal(await signToken(keycloakClaims("acme-corp"), key), keycloak({ clients: ["other"] }));
    expect(it).toMatchObject({ code: "ERR_TOKEN_CLIENT", claim: "azp" });
  });

  it("at the gateway of another tenant, whatever its issuer", async () => {
    const atXyz = keycloak({ tenantId: "xyz-gmbh" });
    expect((await refusal(await signToken(keycloakClaims("acme-corp"), key), atXyz)).code).toBe("ERR_TOKEN_TENANT");
  });
});

describe("a forged token is refused", () => {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

  it.each(["none", "None", "nOnE", "HS256", "RS1", ""])("by alg %j", async (alg) => {
    const token = `${encode({ alg, kid: "key-1" })}.${encode(keycloakClaims("acme-corp"))}.`;
    expect(await refusal(token)).toMatchObject({ code: "ERR_TOKEN_ALGORITHM", claim: "alg" });
  });

  it("with HS256 and the public key as the secret", async () => {
    const publicKey = (await importJWK({ ...key.publicJwk, ext: true }, "RS256", { extractable: true })) as CryptoKey;
    const input = `${encode({ alg: "HS256", kid: "key-1" })}.${encode(keycloakClaims("acme-corp"))}`;
    const signature = createHmac("sha256", await exportSPKI(publicKey))
      .update(input)
      .digest("base64url");
    expect((await refusal(`${input}.${signature}`)).code).toBe("ERR_TOKEN_ALGORITHM");
  });

  it("with another key under the same id", async () => {
    const token = await signToken(keycloakClaims("acme-corp"), strangersKey);
    expect((await refusal(token)).code).toBe("ERR_TOKEN_SIGNATURE");
  });

  it("with its own key in the header", async () => {
    const token = await signToken(keycloakClaims("acme-corp"), strangersKey, { jwk: strangersKey.publicJwk });
    expect((await refusal(token)).code).toBe("ERR_TOKEN_SIGNATURE");
  });

  it("with an unknown key", async () => {
    const token = await signToken(keycloakClaims("acme-corp"), strangersKey, { kid: "key-2" });
    expect(await refusal(token)).toMatchObject({ code: "ERR_TOKEN_KEY_UNKNOWN", claim: "kid" });
  });

  it("without a key id", async () => {
    const { alg } = { alg: "RS256" };
    const token = `${encode({ alg })}.${encode(keycloakClaims("acme-corp"))}.AA`;
    expect((await refusal(token)).code).toBe("ERR_TOKEN_KEY_UNKNOWN");
  });

  it("with an extension that it calls critical", async () => {
    const token = await signText(JSON.stringify(keycloakClaims("acme-corp")), key, { crit: ["b64x"], b64x: true });
    expect((await refusal(token)).code).toBe("ERR_TOKEN_MALFORMED");
  });

  it.each([
    ["as they are", '"tenant_id":"xyz-gmbh",'],
    ["in another spelling", '"tenant\\u005fid":"xyz-gmbh",'],
  ])("with duplicate claims, %s", async (_, extra) => {
    const payload = `{${extra}${JSON.stringify(keycloakClaims("acme-corp")).slice(1)}`;
    expect((await refusal(await signText(payload, key))).code).toBe("ERR_TOKEN_MALFORMED");
  });

  it.each(["", ".", "..", "a.b", "a.b.c", "a.b.c.d", "e30.e30.", "\ud800.\ud800.x", "null", "eyJ.eyJ.x"])(
    "that is no token: %j",
    async (token) => {
      expect(["ERR_TOKEN_MALFORMED", "ERR_TOKEN_ALGORITHM"]).toContain((await refusal(token)).code);
    },
  );
});
