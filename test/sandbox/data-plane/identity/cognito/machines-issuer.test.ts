import { decodeJwt, decodeProtectedHeader } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { remoteKeys } from "../../../../../services/libraries/service-kit/tokens/token-keys.ts";
import { tokenVerifier } from "../../../../../services/libraries/service-kit/tokens/token.ts";
import {
  type MachineIssuers,
  type PoolLocation,
  startMachinesIssuer,
} from "../../../../../sandbox/data-plane/identity/cognito/machines-issuer.ts";
import { plannedPool } from "../../../../../sandbox/data-plane/identity/cognito/planned-pool.ts";
import type { PoolClient } from "../../../../../sandbox/data-plane/identity/cognito/pool-clients.ts";
import { type Answer, OAuthClient, REDIRECT } from "../oauth-client.ts";
import { poolPlan } from "../planned-tenants.ts";

let issuers: MachineIssuers;
let pool: PoolLocation;
let agent: PoolClient;
let consumer: PoolClient;

beforeAll(async () => {
  const pools = [plannedPool(await poolPlan("acme-corp")), plannedPool(await poolPlan("xyz-gmbh"))];
  issuers = await startMachinesIssuer({ pools, redirectUris: [REDIRECT] });
  pool = issuers.poolOf("acme-corp");
  [agent, consumer] = pool.clients as [PoolClient, PoolClient];
});
afterAll(() => issuers.stop());

const READ = "production.eu-west-1.acme-corp.b2b/mcp.read";

/** Asks for a token as the agent of acme-corp; a field that is undefined is left out. */
const ask = async (
  changes: Readonly<Record<string, string | undefined>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> => {
  const fields = {
    grant_type: "client_credentials",
    client_id: agent.clientId,
    client_secret: agent.clientSecret,
    ...changes,
  };
  const form = Object.entries(fields).filter((it): it is [string, string] => it[1] !== undefined);
  const answer = await fetch(pool.tokenUrl, { method: "POST", headers, body: new URLSearchParams(form) });
  return { status: answer.status, body: (await answer.json()) as Answer["body"] };
};

const basic = (id: string, secret = "") => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
});

/** What the gateway for partners of a tenant makes of a token. */
const verify = (tenantId: string, token: unknown) => {
  const { issuer, jwksUrl, clients, scopePrefixOf } = issuers.poolOf(tenantId);
  const keys = remoteKeys({ url: new URL(jwksUrl) });
  const scopes = ["mcp:read", "mcp:write"];
  const bound = { clients: clients.map((it) => it.clientId), scopePrefix: scopePrefixOf("b2b") };
  return tokenVerifier({ profile: "cognito", issuer, keys, tenantId, scopes, ...bound })(String(token));
};

describe("the issuer of machines", () => {
  test("writes access tokens as Amazon Cognito does, with the claim that the deployed function adds", async () => {
    const { status, body } = await ask({ scope: READ });
    expect([status, body["token_type"], body["expires_in"]]).toEqual([200, "Bearer", 900]);
    const token = String(body["access_token"]);
    expect(Object.keys(decodeProtectedHeader(token)).sort()).toEqual(["alg", "kid"]);
    const claims = decodeJwt(token);
    expect(claims).toEqual({
      iss: pool.issuer,
      sub: agent.clientId,
      client_id: agent.clientId,
      token_use: "access",
      version: 2,
      scope: READ,
      tenant_id: "acme-corp",
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
      auth_time: claims.iat,
      iat: expect.any(Number) as unknown,
      exp: claims.iat! + 900,
    });
  });

  test("its tokens are accepted at the gateway of their tenant, and at no other's", async () => {
    const { body } = await ask({ scope: READ });
    expect(await verify("acme-corp", body["access_token"])).toMatchObject({
      tenantId: "acme-corp",
      clientId: agent.clientId,
      scopes: ["mcp:read"],
    });
    expect(await verify("acme-corp", body["access_token"])).not.toHaveProperty("userId");
    await expect(verify("xyz-gmbh", body["access_token"])).rejects.toMatchObject({ code: "ERR_TOKEN_ISSUER" });
  });

  test("takes the secret from the header as well, and gives all scopes to who names none", async () => {
    const nothing = { client_id: undefined, client_secret: undefined };
    const { status, body } = await ask(nothing, basic(agent.clientId, agent.clientSecret));
    expect(status).toBe(200);
    expect(decodeJwt(String(body["access_token"]))["scope"]).toBe(agent.scopes.join(" "));
  });

  test("what the caller says of itself does not reach the token", async () => {
    const { body } = await ask({ aws_client_metadata: JSON.stringify({ tenant_id: "xyz-gmbh" }) });
    expect(decodeJwt(String(body["access_token"]))["tenant_id"]).toBe("acme-corp");
  });

  test.each<[string, Readonly<Record<string, string | undefined>>, string]>([
    ["a wrong secret", { client_secret: "wrong" }, "invalid_client"],
    ["no secret", { client_secret: undefined }, "invalid_client"],
    ["an unknown client", { client_id: "nobody" }, "invalid_client"],
    ["a scope of another gateway", { scope: "production.eu-west-1.acme-corp.b2c/mcp.read" }, "invalid_scope"],
    ["a scope of another tenant", { scope: `${READ} production.eu-west-1.xyz-gmbh.b2b/mcp.read` }, "invalid_scope"],
    ["the grant of people", { grant_type: "authorization_code", code: "x" }, "unauthorized_client"],
    ["a grant that there is not", { grant_type: "password" }, "unsupported_grant_type"],
    ["no grant", { grant_type: undefined }, "invalid_request"],
    ["metadata that is no JSON", { aws_client_metadata: "{" }, "invalid_request"],
    ["metadata that is not plain", { aws_client_metadata: '{"a":{}}' }, "invalid_request"],
  ])("refuses %s", async (_what, changes, error) => {
    expect(await ask(changes)).toEqual({ status: 400, body: { error } });
  });

  test("refuses two ways to say who asks, forms with a field twice and what is no form", async () => {
    const invalid = { status: 400, body: { error: "invalid_request" } };
    expect(await ask({}, basic(agent.clientId, agent.clientSecret))).toEqual(invalid);
    const post = async (body: string, type: string) => {
      const answer = await fetch(pool.tokenUrl, { method: "POST", body, headers: { "content-type": type } });
      return { status: answer.status, body: await answer.json() };
    };
    expect(await post("scope=a&scope=b", "application/x-www-form-urlencoded")).toEqual(invalid);
    expect(await post("{}", "application/json")).toEqual(invalid);
    const large = new URLSearchParams({ client_id: "x".repeat(20_000) });
    expect((await fetch(pool.tokenUrl, { method: "POST", body: large })).status).toBe(413);
  });

  test("a secret that is not the header's to carry is refused", async () => {
    const nothing = { client_id: undefined, client_secret: undefined };
    for (const authorization of ["Bearer x", "Basic ???", "Basic bm9jb2xvbg==", "Basic JTox"]) {
      expect(await ask(nothing, { authorization })).toEqual({ status: 400, body: { error: "invalid_client" } });
    }
  });

  test("tells where it is, and a tenant or gateway that it does not have is an error", async () => {
    const metadata = (await (await fetch(pool.discoveryUrl)).json()) as Record<string, unknown>;
    expect(metadata).toMatchObject({ issuer: pool.issuer, jwks_uri: pool.jwksUrl, token_endpoint: pool.tokenUrl });
    expect(pool.issuer).toMatch(/\/eu-west-1_[0-9a-z]{9}$/);
    expect(pool.scopePrefixOf("b2c")).toBe("production.eu-west-1.acme-corp.b2c");
    expect(() => pool.scopePrefixOf("internal")).toThrow(TypeError);
    expect(() => issuers.poolOf("nobody")).toThrow(TypeError);
    expect((await fetch(pool.discoveryUrl.replace("/eu-west-1_", "/eu-west-2_"))).status).toBe(404);
  });
});

describe("the app of consumers", () => {
  const app = async () => {
    const client = await OAuthClient.discover(pool.discoveryUrl);
    client.clientId = consumer.clientId;
    return client;
  };
  const [CONSUMED] = ["production.eu-west-1.acme-corp.b2c/mcp.read"];
  const person = () => issuers.people.find((it) => it.tenantId === "acme-corp")!;

  test("has somebody sign in, and gets a token of that person", async () => {
    const client = await app();
    const back = await client.authorize(person(), { scope: CONSUMED });
    expect(back.get("state")).toBe("somewhere");
    const { status, body } = await client.redeem(back.get("code"));
    expect(status).toBe(200);
    const claims = decodeJwt(String(body["access_token"]));
    expect(claims).toMatchObject({ sub: person().id, client_id: consumer.clientId, scope: CONSUMED });
    expect(claims).toMatchObject({ token_use: "access", username: "alice", tenant_id: "acme-corp" });
    const form = { grant_type: "refresh_token", client_id: consumer.clientId };
    const fresh = await client.token({ ...form, refresh_token: String(body["refresh_token"]) });
    expect(decodeJwt(String(fresh.body["access_token"]))).toMatchObject({ sub: person().id, tenant_id: "acme-corp" });
    expect(await client.token({ ...form, refresh_token: "another" })).toMatchObject({
      status: 400,
      body: { error: "invalid_grant" },
    });
  });

  test("a code is good once, with its proof key and address", async () => {
    const client = await app();
    const code = async () => (await client.authorize(person(), { scope: CONSUMED })).get("code");
    const refused = { status: 400, body: { error: "invalid_grant" } };
    expect(await client.redeem(await code(), { code_verifier: "x".repeat(43) })).toEqual(refused);
    expect(await client.redeem(await code(), { redirect_uri: "http://127.0.0.1:1/" })).toEqual(refused);
    const once = await code();
    expect((await client.redeem(once)).status).toBe(200);
    expect(await client.redeem(once)).toEqual(refused);
  });

  test.each<[string, Readonly<Record<string, string | undefined>>, string]>([
    ["no proof key", { code_challenge: undefined }, "invalid_request"],
    ["a proof key in the clear", { code_challenge_method: "plain" }, "invalid_request"],
    ["the scope of another gateway", { scope: READ }, "invalid_scope"],
    ["a token at once", { response_type: "token" }, "unsupported_response_type"],
  ])("is refused with %s", async (_what, changes, error) => {
    const back = await (await app()).authorize(person(), { scope: CONSUMED, ...changes });
    expect([back.get("error"), back.has("code")]).toEqual([error, false]);
  });

  test("nothing is sent to an address or a client that is not known", async () => {
    const client = await app();
    const elsewhere = client.authorize(person(), { redirect_uri: "http://127.0.0.1:33418/elsewhere" });
    await expect(elsewhere).rejects.toThrow(/may not be answered at this address/);
    await expect(client.authorize(person(), { client_id: "nobody" })).rejects.toThrow(/no such client/);
  });

  test("people of other tenants and wrong passwords do not get in", async () => {
    const client = await app();
    const stranger = issuers.people.find((it) => it.tenantId === "xyz-gmbh")!;
    for (const it of [stranger, { ...person(), password: "wrong" }])
      await expect(client.authorize(it, { scope: CONSUMED })).rejects.toThrow(/do not belong together/);
  });
});
