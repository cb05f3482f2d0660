import { randomUUID, X509Certificate } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessTokens } from "../../../../../services/bff/b2b/authentication/access-tokens.ts";
import { apiKeys } from "../../../../../services/bff/b2b/authentication/api-keys.ts";
import {
  type PartnerAuthenticator,
  partnerAuthenticator,
} from "../../../../../services/bff/b2b/authentication/authenticator.ts";
import {
  certificateDigest,
  clientCertificates,
} from "../../../../../services/bff/b2b/authentication/client-certificates.ts";
import { admitPartner, rotateKey } from "../../../../../services/bff/b2b/partners/admission.ts";
import { apiKeyId } from "../../../../../services/bff/b2b/partners/api-key.ts";
import { ApiProblem } from "../../../../../services/bff/library/api-problem.ts";
import { type Claims, keysOf, type SigningKey, signingKey, signToken } from "../../../../support/issuer.ts";
import { CERTIFICATES, headerOf, WITHIN_CERTIFICATES } from "../certificates.ts";
import { type PartnerFixture, partnerFixture, type TenantFixture } from "../partner-fixture.ts";

const ISSUER = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_pool";
const PREFIX = "production.us-east-1.acme-corp.partners";
const PROXY = "10.0.3.7";
/** A partner whose client a deployment has made; the store knows nothing of it. */
const STEEL = { id: "steel-works", customerId: "cus-9", tier: "premium", scopes: ["orders:read"] } as const;
const clientOf = { "metal-works": "1metalworks", "paper-mill": "2papermill" };

let it: PartnerFixture;
let key: SigningKey;
let now: number;
let acme: PartnerAuthenticator;
let xyz: PartnerAuthenticator;

beforeAll(async () => {
  [it, key] = await Promise.all([partnerFixture(), signingKey("pool")]);
  for (const partnerId of ["metal-works", "paper-mill"] as const) {
    const id = certificateDigest(new X509Certificate(CERTIFICATES[partnerId]));
    await it.acme.store.add({ kind: "client-certificate", id, partnerId, scopes: ["orders:read"] });
    const scopes = ["orders:read", "orders:write"] as const;
    await it.acme.store.add({ kind: "oauth-client", id: clientOf[partnerId], partnerId, scopes });
  }
  now = WITHIN_CERTIFICATES;
  [acme, xyz] = [authenticatorOf(it.acme), authenticatorOf(it.xyz)];
});
afterAll(() => it.close());

function authenticatorOf({ store, by }: TenantFixture, proxies = ["10.0.0.0/16", "fd00::/8"]): PartnerAuthenticator {
  return partnerAuthenticator({
    store,
    apiKey: apiKeys(store, by),
    accessToken: accessTokens(store, {
      ...{ issuer: ISSUER, keys: keysOf(key), scopePrefix: PREFIX, now: () => now },
      ...(store.tenantId === "acme-corp" && { clients: { "3steelworks": STEEL } }),
    }),
    clientCertificate: clientCertificates(store, { proxies, now: () => now }),
    now: () => now,
  });
}

function token(claims: Claims = {}, by = key): Promise<string> {
  const iat = now / 1_000;
  const { "metal-works": client_id } = clientOf;
  const own = {
    iss: ISSUER,
    sub: client_id,
    client_id,
    token_use: "access",
    tenant_id: "acme-corp",
    iat,
    exp: iat + 900,
    jti: randomUUID(),
  };
  return signToken({ ...own, scope: `${PREFIX}/orders.read`, ...claims }, by);
}

const bearer = async (claims?: Claims, by?: SigningKey) => ({ authorization: `Bearer ${await token(claims, by)}` });
const certificate = (of: keyof typeof CERTIFICATES) => ({ "x-amzn-mtls-clientcert-leaf": headerOf(CERTIFICATES[of]) });

function asked(authenticate: PartnerAuthenticator, headers: Record<string, string>, peer = PROXY) {
  return authenticate({ headers: new Headers(headers), peer });
}

/** Why a request is refused, as the log has it. */
async function refusal(authenticate: PartnerAuthenticator, headers: Record<string, string>, peer?: string) {
  const problem: unknown = await asked(authenticate, headers, peer).then(
    (partner) => partner.id,
    (error: unknown) => error,
  );
  if (!(problem instanceof ApiProblem)) throw new Error(`not refused: ${String(problem)}`);
  expect([problem.status, problem.message]).toEqual([401, "the credential is not valid here"]);
  return (problem.cause as Error).message;
}

test("each kind of credential proves its partner, with what it allows", async () => {
  const { keys } = it.acme;
  const own = { tenantId: "acme-corp", id: "metal-works", customerId: "cus-1", tier: "standard" };
  const id = apiKeyId(keys["metal-works"]);
  const byKey = await asked(acme, { "x-api-key": keys["metal-works"] });
  expect(byKey).toMatchObject({ ...own, credential: { kind: "api-key", id } });
  const byToken = await asked(acme, await bearer());
  expect(byToken).toMatchObject({ ...own, scopes: ["orders:read"], credential: { kind: "oauth-client" } });
  const byCertificate = await asked(acme, certificate("metal-works"));
  expect(byCertificate).toMatchObject({ ...own, scopes: ["orders:read"], credential: { kind: "client-certificate" } });
  const passedThrough = {
    "x-amzn-mtls-clientcert": headerOf(CERTIFICATES["paper-mill"] + CERTIFICATES["metal-works"]),
  };
  expect((await asked(acme, passedThrough)).id).toBe("paper-mill");
});

test("a request without a credential is told which there are", async () => {
  await expect(asked(acme, {})).rejects.toThrow("an API key, an access token or a client certificate is required");
});

test("a client of the deployment is its partner's, with what the data and the token both allow", async () => {
  const both = ["orders.read", "orders.write"].map((scope) => `${PREFIX}/${scope}`).join(" ");
  const steel = { client_id: "3steelworks", sub: "3steelworks", scope: both };
  expect(await asked(acme, await bearer(steel))).toEqual({
    ...{ tenantId: "acme-corp", id: "steel-works", customerId: "cus-9", tier: "premium", scopes: ["orders:read"] },
    credential: { kind: "oauth-client", id: "3steelworks" },
  });
  const atGateway = { ...steel, scope: "production.us-east-1.acme-corp.b2b/mcp.read" };
  expect(await refusal(acme, await bearer(atGateway))).toBe("the access token is refused");
  expect(await refusal(xyz, await bearer(steel))).toBe("the client 3steelworks is of no partner");
  for (const name of ["__proto__", "constructor"])
    expect(await refusal(acme, await bearer({ client_id: name }))).toBe(`the client ${name} is of no partner`);
  const another = { ...(await bearer(steel)), ...certificate("metal-works") };
  expect(await refusal(acme, another)).toBe("the client certificate is of another partner");
});

test("a credential of one tenant is worth nothing at another one", async () => {
  expect(await refusal(xyz, { "x-api-key": it.acme.keys["metal-works"] })).toMatch(
    /^the API key [0-9a-f]{16} is not known$/,
  );
  expect(await refusal(acme, { "x-api-key": it.xyz.keys["metal-works"] })).toMatch("is not known");
  expect(await refusal(xyz, await bearer())).toBe("the client 1metalworks is of no partner");
  expect(await refusal(xyz, certificate("metal-works"))).toBe("the client certificate is of no partner");
  // Even where the other tenant registered a client of the same name.
  await it.xyz.store.add({
    kind: "oauth-client",
    id: "1metalworks",
    partnerId: "metal-works",
    scopes: ["orders:read"],
  });
  expect(await refusal(xyz, await bearer())).toBe("the access token is refused");
});

test("keys that nobody has are refused: malformed, of another secret, of another id", async () => {
  const own = it.acme.keys["metal-works"];
  // A secret may have the separator in it.
  const [, id = "", secret = ""] = /^alc_([0-9a-f]+)_(.+)$/.exec(own) ?? [];
  const other = apiKeyId(it.acme.keys["paper-mill"]) ?? "";
  for (const bad of ["", "alc", `${own}x`, own.toUpperCase(), `alc_${id}_`, `alc_' OR 1=1 --_${secret}`])
    expect(await refusal(acme, { "x-api-key": bad })).toBe("this is no API key");
  expect(await refusal(acme, { "x-api-key": `alc_${other}_${secret}` })).toBe(`the API key ${other} is not known`);
  expect(await refusal(acme, { "x-api-key": `alc_${id}_${"A".repeat(43)}` })).toBe(`the API key ${id} is not known`);
});

test("a revoked key ends at once, a rotated one at the end of its overlap", async () => {
  const { store, by } = it.acme;
  const account = { id: "changing", name: "Changing", customerId: "cus-3", tier: "basic" } as const;
  const first = await admitPartner(store, by, { account, scopes: ["orders:read"] });
  const second = await rotateKey(store, by, { partnerId: "changing", overlapMs: 1_000, now: () => now });
  for (const { key: good } of [first, second]) expect((await asked(acme, { "x-api-key": good })).id).toBe("changing");
  now += 1_000;
  expect(await refusal(acme, { "x-api-key": first.key })).toBe(`the api-key ${first.id} has expired`);
  expect((await asked(acme, { "x-api-key": second.key })).id).toBe("changing");
  await store.revoke("changing", second.id);
  expect(await refusal(acme, { "x-api-key": second.key })).toBe(`the api-key ${second.id} is revoked`);
});

test.each<[string, Claims]>([
  ["another tenant", { tenant_id: "xyz-gmbh" }],
  ["another issuer", { iss: `${ISSUER}x` }],
  ["an ID token", { token_use: "id" }],
  ["scopes of a gateway", { scope: "production.us-east-1.acme-corp.b2b/mcp.read" }],
  ["no time left", { exp: 0 }],
  ["no id of its own", { jti: undefined }],
])("a token of %s is refused", async (_, claims) => {
  expect(await refusal(acme, await bearer(claims))).toBe("the access token is refused");
});

test("a token of another signer, of no client, of an unknown client or of no form is refused", async () => {
  expect(await refusal(acme, await bearer({}, await signingKey("pool")))).toBe("the access token is refused");
  expect(await refusal(acme, await bearer({ client_id: 1 }))).toBe("this is no access token of a client");
  expect(await refusal(acme, await bearer({ client_id: "stranger" }))).toBe("the client stranger is of no partner");
  for (const bad of ["Basic eDp5", "Bearer", "Bearer x", `Bearer ${"x".repeat(9_000)}`])
    expect(await refusal(acme, { authorization: bad })).toBe("this is no access token of a client");
});

test("a token allows what its client is registered for, whatever more it says", async () => {
  const scope = PARTNER_TOKEN_SCOPES.map((name) => `${PREFIX}/${name}`).join(" ");
  expect((await asked(acme, await bearer({ scope }))).scopes).toEqual(["orders:read", "orders:write"]);
});
const PARTNER_TOKEN_SCOPES = ["orders.read", "orders.write", "products.read", "batches.write"];

test.each<[string, string | undefined]>([
  ["somebody outside", "203.0.113.9"],
  ["another host of the network", "10.1.0.1"],
  ["no connection", undefined],
  ["an address that is none", "10.0.3.7, 203.0.113.9"],
])("a certificate header of %s is refused, and proves nothing beside a good key either", async (_, peer) => {
  const headers = new Headers({ ...certificate("metal-works"), "x-api-key": it.acme.keys["metal-works"] });
  await expect(acme({ headers, ...(peer !== undefined && { peer }) })).rejects.toThrow(
    "the credential is not valid here",
  );
});

test("where no load balancer is trusted, nobody may send a certificate header; the trusted may by IPv6, too", async () => {
  const reason = "a client certificate from somebody who is no load balancer of ours";
  expect(await refusal(authenticatorOf(it.acme, []), certificate("metal-works"))).toBe(reason);
  expect((await asked(acme, certificate("metal-works"), "::ffff:10.0.3.7")).id).toBe("metal-works");
  expect((await asked(acme, certificate("metal-works"), "fd00::7")).id).toBe("metal-works");
});

test("certificates that are no certificate, two, or out of their time are refused", async () => {
  const leaf = "x-amzn-mtls-clientcert-leaf";
  for (const bad of ["", "%", "-----BEGIN CERTIFICATE-----AAAA-----END CERTIFICATE-----"])
    expect(await refusal(acme, { [leaf]: bad })).toBe("the client certificate cannot be read");
  expect(await refusal(acme, { [leaf]: "x".repeat(20_000) })).toBe("the client certificate is too long");
  const both = { ...certificate("metal-works"), "x-amzn-mtls-clientcert": headerOf(CERTIFICATES["metal-works"]) };
  expect(await refusal(acme, both)).toBe("two client certificates");
  now = Date.UTC(2036, 10, 25, 18, 38, 10);
  expect(await refusal(acme, certificate("metal-works"))).toBe("the client certificate has expired");
  now = Date.UTC(2026, 10, 28, 18, 38, 9);
  expect(await refusal(acme, certificate("metal-works"))).toBe("the client certificate is not valid yet");
  now = WITHIN_CERTIFICATES;
});

test("two credentials must be of one partner, and both must be good", async () => {
  const { keys, store } = it.acme;
  const own = { "x-api-key": keys["metal-works"], ...certificate("metal-works") };
  expect(await asked(acme, own)).toMatchObject({ id: "metal-works", credential: { kind: "api-key" } });
  const foreign = { "x-api-key": keys["metal-works"], ...certificate("paper-mill") };
  expect(await refusal(acme, foreign)).toBe("the client certificate is of another partner");
  expect(await refusal(acme, { ...(await bearer()), ...certificate("paper-mill") })).toBe(
    "the client certificate is of another partner",
  );
  const keyAndToken = { "x-api-key": keys["metal-works"], ...(await bearer()) };
  expect(await refusal(acme, keyAndToken)).toBe("an API key and an access token at once");
  const digest = certificateDigest(new X509Certificate(CERTIFICATES["metal-works"]));
  await store.revoke("metal-works", digest);
  expect(await refusal(acme, own)).toBe(`the client-certificate ${digest} is revoked`);
});
