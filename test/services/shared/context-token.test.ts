import { SignJWT } from "jose";
import type { JWTHeaderParameters } from "jose";
import { describe, expect, it } from "vitest";
import { contextTokenVerifier, signContextToken } from "../../../services/shared/context-token.ts";
import type { TenantContext } from "../../../services/shared/tenant-context.ts";
import { keysOf, signingKey, signToken } from "../../support/issuer.ts";
import { refusal } from "./verifiers.ts";

const key = await signingKey("interceptor-1", "ES256");
const issuer = "urn:alicerce:interceptor:acme-corp";
const options = { issuer, audience: "mcp-database", key: key.privateKey, keyId: key.id };

const machine: TenantContext = {
  tenantId: "acme-corp",
  clientId: "finance-agent-001",
  scopes: ["mcp:read"],
  requestId: "req-1",
  correlationId: "corr-1",
};
const person: TenantContext = {
  ...machine,
  organizationId: "org-finance",
  userId: "u-0123",
  scopes: ["mcp:read", "mcp:write"],
};

const verifier = (audience = "mcp-database", now = Date.now) =>
  contextTokenVerifier({ issuer, audience, keys: keysOf(key), now });

describe("a context token", () => {
  it.each([machine, person])("brings the context to its MCP server, unchanged", async (context) => {
    expect(await verifier()(await signContextToken(context, options))).toEqual(context);
  });

  it("is refused by another MCP server", async () => {
    const it = await refusal(await signContextToken(person, options), verifier("mcp-files"));
    expect(it).toMatchObject({ code: "ERR_TOKEN_AUDIENCE", claim: "aud" });
  });

  it("is verified once, and refused when its minute is over", async () => {
    let now = Date.now();
    const verify = verifier("mcp-database", () => now);
    const token = await signContextToken(person, options);
    expect(await verify(token)).toBe(await verify(token));
    now += 66_000;
    expect((await refusal(token, verify)).code).toBe("ERR_TOKEN_EXPIRED");
  });

  it("is not signed for longer than a minute, nor beyond what a header carries", async () => {
    await expect(signContextToken(person, { ...options, lifetimeSeconds: 61 })).rejects.toThrow(TypeError);
    const scopes = Array.from({ length: 400 }, (_, i) => `mcp:scope-${i}`);
    await expect(signContextToken({ ...person, scopes }, options)).rejects.toMatchObject({
      code: "ERR_TOKEN_TOO_LARGE",
    });
  });

  const seconds = Math.floor(Date.now() / 1_000);
  const claims = {
    iss: issuer,
    aud: "mcp-database",
    iat: seconds,
    exp: seconds + 60,
    jti: "req-1",
    tenant_id: "acme-corp",
    client_id: "c",
    scope: "mcp:read",
    correlation_id: "corr-1",
  };
  it.each<[string, object, Partial<JWTHeaderParameters>, string]>([
    ["of another interceptor", { iss: "urn:alicerce:interceptor:xyz-gmbh" }, {}, "ERR_TOKEN_ISSUER"],
    ["of another type", {}, { typ: "at+jwt" }, "ERR_TOKEN_TYPE"],
    ["that lives for a day", { iat: seconds - 3_600, exp: seconds + 86_400 }, {}, "ERR_TOKEN_EXPIRED"],
    ["with a tenant as an array", { tenant_id: ["acme-corp"] }, {}, "ERR_TOKEN_CLAIM"],
    ["without a request id", { jti: undefined }, {}, "ERR_TOKEN_CLAIM"],
    ["with an e-mail address as user", { user_id: "jane@example.com" }, {}, "ERR_TOKEN_CLAIM"],
    ["without scopes", { scope: undefined }, {}, "ERR_TOKEN_CLAIM"],
  ])("%s is refused", async (_, changes, header, code) => {
    const token = await signToken({ ...claims, ...changes }, key, { typ: "context+jwt", ...header });
    expect((await refusal(token, verifier())).code).toBe(code);
  });

  it("signed with a shared secret is refused", async () => {
    const secret = Buffer.from(JSON.stringify(key.publicJwk));
    const token = await new SignJWT(claims).setProtectedHeader({ alg: "HS256", typ: "context+jwt" }).sign(secret);
    expect((await refusal(token, verifier())).code).toBe("ERR_TOKEN_ALGORITHM");
  });
});
