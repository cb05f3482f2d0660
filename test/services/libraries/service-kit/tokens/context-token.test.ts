import { generateKeyPairSync, sign as signBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  delegate,
  DELEGATION_SECONDS,
} from "../../../../../services/libraries/service-kit/tokens/context-delegation.ts";
import type { Certify } from "../../../../../services/libraries/service-kit/tokens/context-delegation.ts";
import { contextSigner } from "../../../../../services/libraries/service-kit/tokens/context-signer.ts";
import { contextTokenVerifier } from "../../../../../services/libraries/service-kit/tokens/context-token.ts";
import type { CallerContext } from "../../../../../services/libraries/service-kit/tenant-context.ts";
import { tenantKey } from "../../../../support/tenant-key.ts";
import { refusal } from "../verifiers.ts";

const issuer = "urn:alicerce:interceptor:acme-corp";
const { certify, publicKeys } = tenantKey();
const sign = contextSigner({ issuer, certify });

const machine: CallerContext = { tenantId: "acme-corp", clientId: "finance-agent-001", scopes: ["mcp:read"] };
const person: CallerContext = {
  ...machine,
  organizationId: "org-finance",
  userId: "u-0123",
  scopes: ["mcp:read", "mcp:write"],
};

const verifier = (audience = "mcp-database", now = Date.now) =>
  contextTokenVerifier({ issuer, audience, tenantId: "acme-corp", publicKeys, now });

const PRIVATE = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
const seconds = Math.floor(Date.now() / 1_000);
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("a context token", () => {
  it.each([machine, person])("brings the context to its MCP server, unchanged", async (context) => {
    expect(await verifier()(await sign(context, "mcp-database"))).toEqual(context);
    expect(await verifier()(await sign(context, ["mcp-files", "mcp-database"]))).toEqual(context);
  });

  it("is refused by another MCP server, and where another tenant is served", async () => {
    const token = await sign(person, "mcp-database");
    const elsewhere = contextTokenVerifier({ issuer, audience: "mcp-database", tenantId: "xyz-gmbh", publicKeys });
    expect(await refusal(token, verifier("mcp-files"))).toMatchObject({ code: "ERR_TOKEN_AUDIENCE", claim: "aud" });
    expect(await refusal(token, elsewhere)).toMatchObject({ code: "ERR_TOKEN_TENANT" });
  });

  it("is refused when its minute is over, and before it began", async () => {
    let now = Date.now();
    const verify = verifier("mcp-database", () => now);
    const token = await sign(person, "mcp-database");
    expect(await verify(token)).toEqual(person);
    now += 66_000;
    expect((await refusal(token, verify)).code).toBe("ERR_TOKEN_EXPIRED");
    now -= 166_000;
    expect((await refusal(token, verify)).code).toBe("ERR_TOKEN_NOT_YET_VALID");
  });

  it("brings what a BFF knows of the person, and is refused where that has another form", async () => {
    const known: CallerContext = {
      ...person,
      kind: "partner",
      roles: ["buyer", "approver"],
      department: "procurement",
      permissions: ["orders:read-own"],
    };
    expect(await verifier()(await sign(known, "mcp-database"))).toEqual(known);
    const forms: readonly [string, Partial<Record<keyof CallerContext, unknown>>][] = [
      ["kind", { kind: "administrator" }],
      ["user_context", { roles: "buyer" }],
      ["user_context", { roles: ["Buyer; drop"] }],
      ["user_context", { roles: Array.from({ length: 17 }, (_, i) => `role-${i}`) }],
      ["user_context", { department: "a@b" }],
      ["user_context", { permissions: ["everything"] }],
      ["user_context", { permissions: Array.from({ length: 33 }, (_, i) => `read:table-${i}`) }],
    ];
    for (const [claim, change] of forms) {
      const token = await sign({ ...known, ...change } as CallerContext, "mcp-database");
      expect(await refusal(token, verifier())).toMatchObject({ code: "ERR_TOKEN_CLAIM", claim });
    }
  });

  it("is good for longer only where both sides say so", async () => {
    let now = Date.now();
    const common = { issuer, audience: "agents", tenantId: "acme-corp", publicKeys, now: () => now };
    const agents = contextTokenVerifier({ ...common, lifetimeSeconds: 300 });
    const server = contextTokenVerifier(common);
    const token = await contextSigner({ issuer, certify, lifetimeSeconds: 300, now: () => now })(person, "agents");
    now += 290_000;
    expect(await agents(token)).toEqual(person);
    expect((await refusal(token, server)).code).toBe("ERR_TOKEN_EXPIRED");
    now += 20_000;
    expect((await refusal(token, agents)).code).toBe("ERR_TOKEN_EXPIRED");
  });

  it("is signed anew for another caller, audience or right, and for the same ones after half a minute only", async () => {
    let now = Date.now();
    const signer = contextSigner({ issuer, certify, now: () => now });
    const first = await signer(machine, "mcp-database");
    expect(await signer({ ...machine }, "mcp-database")).toBe(first);
    const others = [
      await signer(machine, "mcp-files"),
      await signer({ ...machine, scopes: [] }, "mcp-database"),
      await signer({ ...machine, clientId: "other" }, "mcp-database"),
      await signer(person, "mcp-database"),
    ];
    expect(new Set([first, ...others]).size).toBe(5);
    now += 31_000;
    const later = await signer(machine, "mcp-database");
    expect(later).not.toBe(first);
    expect(await verifier("mcp-database", () => now)(later)).toEqual(machine);
  });

  it("is verified once, and forgotten when it expires", async () => {
    let now = Date.now();
    const verify = verifier("mcp-database", () => now);
    const token = await sign(person, "mcp-database");
    expect(await verify(token)).toBe(await verify(token));
    now += 66_000;
    expect((await refusal(token, verify)).code).toBe("ERR_TOKEN_EXPIRED");
  });

  it("is not signed when a header could not carry it", async () => {
    const scopes = Array.from({ length: 400 }, (_, i) => `mcp:scope-${i}`);
    await expect(sign({ ...person, scopes }, "mcp-database")).rejects.toMatchObject({ code: "ERR_TOKEN_TOO_LARGE" });
  });

  const claims = {
    iss: issuer,
    aud: "mcp-database",
    iat: seconds,
    exp: seconds + 60,
    tenant_id: "acme-corp",
    client_id: "c",
    scope: "mcp:read",
    jti: "1",
    user_context: {},
  };
  it.each<[string, object, object, string]>([
    ["of another interceptor", { iss: "urn:alicerce:interceptor:xyz-gmbh" }, {}, "ERR_TOKEN_ISSUER"],
    ["of another type", {}, { typ: "at+jwt" }, "ERR_TOKEN_TYPE"],
    ["of another algorithm", {}, { alg: "none" }, "ERR_TOKEN_ALGORITHM"],
    ["without a delegation", {}, { delegation: undefined }, "ERR_TOKEN_KEY_UNKNOWN"],
    ["with half a delegation", {}, { delegation: "e30.e30" }, "ERR_TOKEN_MALFORMED"],
    ["with a critical extension", {}, { crit: ["exp"], exp: 1 }, "ERR_TOKEN_MALFORMED"],
    ["that is not valid yet", { nbf: seconds + 60 }, {}, "ERR_TOKEN_NOT_YET_VALID"],
    ["that lives for a day", { iat: seconds - 3_600, exp: seconds + 86_400 }, {}, "ERR_TOKEN_EXPIRED"],
    ["with a tenant as an array", { tenant_id: ["acme-corp"] }, {}, "ERR_TOKEN_TENANT"],
    ["without a client", { client_id: undefined }, {}, "ERR_TOKEN_CLAIM"],
    ["with an e-mail address as user", { user_context: { user_id: "jane@example.com" } }, {}, "ERR_TOKEN_CLAIM"],
    ["that says nothing of the caller", { user_context: undefined }, {}, "ERR_TOKEN_CLAIM"],
    ["whose caller is text", { user_context: '{"roles":[]}' }, {}, "ERR_TOKEN_CLAIM"],
    ["with a power that we do not know", { user_context: { is_admin: true } }, {}, "ERR_TOKEN_CLAIM"],
    ["without an id", { jti: undefined }, {}, "ERR_TOKEN_CLAIM"],
    ["with an id that is no word", { jti: "a b" }, {}, "ERR_TOKEN_CLAIM"],
    ["without scopes", { scope: undefined }, {}, "ERR_TOKEN_CLAIM"],
  ])("%s is refused, though its signature is right", async (_, changes, header, code) => {
    const token = await signedBy(certify, { claims: { ...claims, ...changes }, header });
    expect((await refusal(token, verifier())).code).toBe(code);
  });

  it("has an id of its own, under which nobody says something else", async () => {
    const verify = verifier();
    const mine = await signedBy(certify, { claims, header: {} });
    await verify(mine);
    await verify(mine);
    const power = { ...claims, user_context: { permissions: ["write:data"] } };
    const replayed = await signedBy(certify, { claims: power, header: {} });
    expect(await refusal(replayed, verify)).toMatchObject({ code: "ERR_TOKEN_CLAIM", claim: "jti" });
    await verify(await signedBy(certify, { claims: { ...power, jti: "2" }, header: {} }));
  });

  it("that was changed on its way is refused, in every part", async () => {
    const [header = "", body = "", signature = ""] = (await sign(machine, "mcp-database")).split(".");
    const other = (await sign(person, "mcp-database")).split(".")[1] ?? "";
    expect((await refusal(`${header}.${other}.${signature}`, verifier())).code).toBe("ERR_TOKEN_SIGNATURE");
    expect((await refusal(`${header}.${body}.${signature.slice(4)}`, verifier())).code).toBe("ERR_TOKEN_SIGNATURE");
    expect((await refusal(`${header}.${body}`, verifier())).code).toBe("ERR_TOKEN_MALFORMED");
  });
});

describe("a delegation", () => {
  it("of another tenant's key is refused, also when it names the right issuer", async () => {
    const stranger = contextSigner({ issuer, certify: tenantKey().certify });
    expect((await refusal(await stranger(machine, "mcp-database"), verifier())).code).toBe("ERR_TOKEN_SIGNATURE");
  });

  it("may be of either key while keys are changed", async () => {
    const successor = tenantKey();
    const both = `${publicKeys}${successor.publicKeys}`;
    const verify = contextTokenVerifier({ issuer, audience: "mcp-database", tenantId: "acme-corp", publicKeys: both });
    const bySuccessor = contextSigner({ issuer, certify: successor.certify });
    expect(await verify(await sign(machine, "mcp-database"))).toEqual(machine);
    expect(await verify(await bySuccessor(machine, "mcp-database"))).toEqual(machine);
  });

  it.each<[string, Parameters<typeof delegationBy>[1], string]>([
    ["of another issuer", { iss: "urn:other" }, "ERR_TOKEN_ISSUER"],
    ["that is over", { iat: seconds - 4_000, exp: seconds - 400 }, "ERR_TOKEN_EXPIRED"],
    ["for a year", { exp: seconds + 31_536_000 }, "ERR_TOKEN_EXPIRED"],
    ["from the future", { iat: seconds + 60 }, "ERR_TOKEN_NOT_YET_VALID"],
    ["without a key", { cnf: {} }, "ERR_TOKEN_CLAIM"],
    ["for a key that is private", { cnf: { jwk: PRIVATE } }, "ERR_TOKEN_CLAIM"],
    ["that is not valid yet", { nbf: seconds + 60 }, "ERR_TOKEN_NOT_YET_VALID"],
    ["for a shared secret", { cnf: { jwk: { kty: "oct", k: "c2VjcmV0" } } }, "ERR_TOKEN_CLAIM"],
  ])("%s is refused", async (_, changes, code) => {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const cnf = { jwk: publicKey.export({ format: "jwk" }) };
    const delegation = await delegationBy(certify, { iss: issuer, cnf, ...changes });
    const header = encode({ alg: "ES256", typ: "context+jwt", delegation });
    const signed = `${header}.${encode({})}`;
    const signature = signBytes("sha256", Buffer.from(signed), { key: privateKey, dsaEncoding: "ieee-p1363" });
    const it = await refusal(`${signed}.${signature.toString("base64url")}`, verifier());
    expect(it).toMatchObject({ code, message: expect.stringContaining("delegation") as string });
  });

  it("is asked for once an hour, not once a call, and again after a failure", async () => {
    let now = Date.now();
    let asked = 0;
    const counting: Certify = (bytes) => {
      asked += 1;
      return asked === 1 ? Promise.reject(new Error("KMS is busy")) : certify(bytes);
    };
    const signer = contextSigner({ issuer, certify: counting, now: () => now });
    await expect(signer(machine, "mcp-database")).rejects.toThrow("KMS is busy");
    await Promise.all(Array.from({ length: 20 }, () => signer(machine, "mcp-database")));
    expect(asked).toBe(2);
    now += (DELEGATION_SECONDS - 60) * 1_000;
    const token = await signer(machine, "mcp-database");
    expect(asked).toBe(3);
    expect(await verifier("mcp-database", () => now)(token)).toEqual(machine);
  });
});

/** A token that an interceptor would sign if it were another's, with a delegation that is right. */
async function signedBy(by: Certify, { claims, header }: { claims: object; header: object }): Promise<string> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const delegation = await delegate({ issuer, publicKey: publicKey.export({ format: "jwk" }), issuedAt: seconds }, by);
  const signed = `${encode({ alg: "ES256", typ: "context+jwt", delegation, ...header })}.${encode(claims)}`;
  const signature = signBytes("sha256", Buffer.from(signed), { key: privateKey, dsaEncoding: "ieee-p1363" });
  return `${signed}.${signature.toString("base64url")}`;
}

async function delegationBy(by: Certify, claims: { readonly [claim: string]: unknown }): Promise<string> {
  const header = encode({ alg: "ES256", typ: "context-delegation+jwt" });
  const signed = `${header}.${encode({ iat: seconds, exp: seconds + 600, ...claims })}`;
  return `${signed}.${(await by(Buffer.from(signed))).toString("base64url")}`;
}
