import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startGateway } from "../../../../sandbox/data-plane/gateway/gateway.ts";
import { issuerKey, token } from "../../../services/gateway-interceptor/fixture.ts";
import { post } from "../../../services/libraries/mcp-host/calls.ts";
import { cognitoClaims, keycloakClaims, signingKey, signToken } from "../../../support/issuer.ts";
import { ask, authorizerFor, call, issuer, whole, type Whole } from "./fixture.ts";
import { listen, spy, type Listening } from "./spy.ts";

let it: Whole;
beforeAll(async () => {
  it = await whole();
});
afterAll(() => it.stop());

const METADATA =
  /^Bearer resource_metadata="http:\/\/127\.0\.0\.1:\d+\/\.well-known\/oauth-protected-resource", scope="b2b\/mcp\.read"/;
const bearer = async (claims: object, key = issuerKey) =>
  `Bearer ${await signToken(cognitoClaims("acme-corp", { ...claims }), key)}`;
const now = Math.floor(Date.now() / 1_000);

describe("who is not let in", () => {
  const another = signingKey("pool-1");
  test.each<[string, string, () => Promise<string> | string]>([
    ["an expired token", "ERR_TOKEN_EXPIRED", () => bearer({ exp: now - 1 })],
    ["a token of another issuer", "ERR_TOKEN_ISSUER", () => bearer({ iss: "https://evil.example.com" })],
    ["a token of another client", "ERR_TOKEN_CLIENT", () => bearer({ client_id: "other" })],
    ["a token without a client", "ERR_TOKEN_CLIENT", () => bearer({ client_id: undefined, azp: "finance-agent-001" })],
    ["a token of another tenant", "ERR_TOKEN_CLAIM", () => bearer({ tenant_id: "xyz-gmbh" })],
    ["a token of two tenants", "ERR_TOKEN_CLAIM", () => bearer({ tenant_id: ["acme-corp"] })],
    ["a token of no tenant", "ERR_TOKEN_CLAIM", () => bearer({ tenant_id: undefined })],
    ["a token signed by another key", "ERR_TOKEN_SIGNATURE", async () => bearer({}, await another)],
    ["no token at all", "ERR_TOKEN_MALFORMED", () => "Bearer "],
    ["another scheme", "ERR_TOKEN_MALFORMED", () => "Basic YTpi"],
    ["rubbish", "ERR_TOKEN_MALFORMED", () => "Bearer a.b.c"],
    ["a token without signature", "ERR_TOKEN_SIGNATURE", async () => `${(await bearer({})).split(".", 2).join(".")}.`],
  ])("%s", async (_, code, authorization) => {
    for (const isModern of [true, false]) {
      const answer = await call(it, "database___query", {}, { authorization: await authorization(), isModern });
      const { code: rpcCode, data } = answer.json.error ?? {};
      expect([answer.status, rpcCode, data?.code]).toEqual([401, -32001, code]);
      expect(answer.headers["www-authenticate"]).toMatch(METADATA);
      expect(answer.headers["www-authenticate"]).toContain('error="invalid_token"');
    }
    expect(it.traces.ran).toEqual([]);
    expect(it.interception.lines).toEqual([]);
  });

  test("somebody without a token is told where to get one, and that is no error", async () => {
    for (const method of ["POST", "DELETE"]) {
      const { status, headers, json } = await post(Number(new URL(it.url).port), "", {}, { method });
      expect([status, json.error?.data?.code]).toEqual([401, "ERR_TOKEN_MISSING"]);
      expect(headers["www-authenticate"]).toMatch(new RegExp(`${METADATA.source}$`));
    }
  });

  test("a token without a scope of the gateway is told which there are", async () => {
    const answer = await call(
      it,
      "database___query",
      {},
      { authorization: await bearer({ scope: "b2b/mcp.reads other/mcp.read" }) },
    );
    expect([answer.status, answer.json.error?.data?.code]).toEqual([403, "ERR_TOKEN_SCOPE"]);
    expect(answer.headers["www-authenticate"]).toContain('error="insufficient_scope"');
    expect(answer.headers["www-authenticate"]).toMatch(METADATA);
  });

  test("a scope that the tool needs and the token lacks is challenged by the interceptor, which knows the tool", async () => {
    const authorization = await bearer({ scope: "b2b/mcp.read" });
    const answer = await call(it, "database___insert", {}, { authorization });
    expect([answer.status, answer.json.error?.data?.code]).toEqual([403, "ERR_SCOPE_INSUFFICIENT"]);
    expect(answer.headers["www-authenticate"]).toMatch(
      /resource_metadata="http:\/\/127.*scope="b2b\/mcp\.write", error="insufficient_scope"/,
    );
    expect(it.traces.ran).toEqual([]);
  });

  test("two tokens are none", async () => {
    const both = [`Bearer ${await token()}`, await bearer({ tenant_id: "xyz-gmbh" })];
    const answer = await call(it, "database___query", {}, { headers: { authorization: both } });
    expect([answer.status, answer.json.error?.data?.code]).toEqual([400, "ERR_MESSAGE_INVALID"]);
  });
});

test("a token of one tenant is nothing at the gateway of another, which shares with it nothing but the machine", async () => {
  const xyzKey = await signingKey("pool-xyz");
  const iss = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_xyz-gmbh";
  const pool = await issuer(iss, xyzKey);
  const target = await spy();
  const other = await startGateway({
    name: "xyz-gmbh-b2b",
    arn: "arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/xyz-gmbh-b2b-a1b2c3d4e5",
    authorizer: { ...authorizerFor(pool.origin), customClaims: [] },
    interceptor: () => Promise.resolve({ interceptorOutputVersion: "1.0", mcp: {} }),
    policies: [{ name: "all", statement: "permit(principal, action, resource);" }],
    targets: [{ name: "spy", endpoint: `${target.origin}/mcp`, allowedRequestHeaders: [], allowedResponseHeaders: [] }],
    log: { warn: () => undefined },
    refused: () => undefined,
    firstScopes: ["b2b/mcp.read"],
  });
  try {
    const own = `Bearer ${await signToken(cognitoClaims("xyz-gmbh"), xyzKey)}`;
    expect((await call(other, "spy___look", {}, { authorization: own })).status).toBe(200);
    target.seen.length = 0;
    const answer = await call(other, "spy___look");
    expect([answer.status, answer.json.error?.data?.code]).toEqual([401, "ERR_TOKEN_KEY_UNKNOWN"]);
    expect((await call(it, "database___query", {}, { authorization: own })).status).toBe(401);
    expect(target.seen).toEqual([]);
  } finally {
    await Promise.all([other.stop(), pool.close(), target.close()]);
  }
});

describe("an issuer with audiences", () => {
  let realm: Listening;
  let gateway: Whole;
  beforeAll(async () => {
    realm = await issuer("https://keycloak.example.com/realms/acme-corp", issuerKey);
    const authorizer = authorizerFor(realm.origin, { allowedAudiences: ["https://gateway.example.com/internal"] });
    gateway = await whole({
      options: { authorizer: { ...authorizer, allowedScopes: ["mcp:read"] } },
    });
  });
  afterAll(async () => {
    await Promise.all([gateway.stop(), realm.close()]);
  });

  test.each<[string, object, string]>([
    ["is let in, and left to the interceptor", {}, "ERR_TOKEN_ISSUER"],
    [
      "is let in with one of several audiences",
      { aud: ["account", "https://gateway.example.com/internal"] },
      "ERR_TOKEN_ISSUER",
    ],
    ["must be the audience", { aud: "https://gateway.example.com/b2c" }, "ERR_TOKEN_AUDIENCE"],
    ["must name one", { aud: undefined }, "ERR_TOKEN_AUDIENCE"],
  ])("a token %s", async (_, claims, code) => {
    const authorization = `Bearer ${await signToken(keycloakClaims("acme-corp", { ...claims }), issuerKey)}`;
    const answer = await ask(gateway, "tools/list", {}, { authorization });
    expect([answer.status, answer.json.error?.data?.code]).toEqual([401, code]);
  });
});

test("while the issuer cannot be reached nobody is let in, and nobody is told to log in again", async () => {
  const pool = await issuer("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_acme-corp", issuerKey);
  const document = await (await fetch(`${pool.origin}/.well-known/openid-configuration`)).text();
  let status = 500;
  const unsteady = await listen((_, response) => {
    response.writeHead(status, { location: `${pool.origin}/` }).end(status === 200 ? document : "");
  });
  const gateway = await whole({ options: { authorizer: authorizerFor(unsteady.origin) } });
  try {
    // A document that comes from elsewhere is not the issuer's.
    for (status of [500, 302]) {
      const answer = await call(gateway, "database___query");
      expect([answer.status, answer.json.error?.data?.code]).toEqual([503, "ERR_TOKEN_KEYS_UNAVAILABLE"]);
      expect(answer.headers["www-authenticate"]).toBeUndefined();
    }
    status = 200;
    expect((await call(gateway, "database___query")).status).toBe(200);
  } finally {
    await Promise.all([gateway.stop(), pool.close(), unsteady.close()]);
  }
});

describe("the metadata of the resource", () => {
  test.each(["", "/mcp"])("is at the well-known address%s", async (path) => {
    const { origin } = new URL(it.url);
    const response = await fetch(`${origin}/.well-known/oauth-protected-resource${path}`);
    expect(await response.json()).toEqual({
      resource: it.url,
      authorization_servers: ["https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_acme-corp"],
      scopes_supported: ["b2b/mcp.read", "b2b/mcp.write"],
      bearer_methods_supported: ["header"],
    });
  });
});

describe("who may come by a browser", () => {
  const from = (origin: string, host?: string) =>
    call(it, "database___query", {}, { headers: { origin, ...(host !== undefined && { host }) } });

  test("a page on this machine, which may read the challenge and the session", async () => {
    const { status, headers } = await from("http://localhost:6274");
    expect([status, headers["access-control-allow-origin"]]).toEqual([200, "http://localhost:6274"]);
    expect(headers["access-control-expose-headers"]).toContain("mcp-session-id");
    const preflight = await post(
      Number(new URL(it.url).port),
      "",
      { origin: "http://127.0.0.1:6274" },
      { method: "OPTIONS" },
    );
    expect(preflight.status).toBe(204);
    expect(preflight.headers["access-control-allow-headers"]).toContain("authorization");
  });

  test.each([
    "https://evil.example.com",
    "null",
    "http://127.0.0.1.evil.example.com",
    "http://localhost@evil.example.com",
  ])("no page from %s", async (origin) => {
    it.traces.ran.length = 0;
    const answer = await from(origin);
    expect([answer.status, answer.json.error?.data?.code]).toEqual([403, "ERR_ORIGIN"]);
    expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
    expect(it.traces.ran).toEqual([]);
  });

  test("nobody who calls this machine by another name", async () => {
    const answer = await from("http://localhost", "evil.example.com");
    expect([answer.status, answer.json.error?.data?.code]).toEqual([403, "ERR_HOST"]);
  });
});

test.each<[string, object]>([
  ["another address than of a discovery document", { discoveryUrl: "https://issuer.example.com/" }],
  ["nobody allowed", { allowedClients: [] }],
])("an authorizer is not made with %s", async (_, changes) => {
  await expect(
    whole({ options: { authorizer: { ...authorizerFor("http://127.0.0.1"), ...changes } } }),
  ).rejects.toThrow(TypeError);
});
