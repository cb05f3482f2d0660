import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DeveloperIssuers } from "../../../../sandbox/data-plane/identity/developers.ts";
import { endServer, listenOnLoopback } from "../../../../sandbox/data-plane/loopback-server.ts";
import { METADATA, OAuthClient, REDIRECT, sendJson } from "./oauth-client.ts";
import type { Visitors } from "./visitors.ts";

const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const DEVICE = "urn:ietf:params:oauth:grant-type:device_code";

/** What a client may say about itself. */
const ACCEPTED: readonly (readonly [string, object])[] = [
  ["an address of this machine without a port", { redirect_uris: ["http://localhost/callback"] }],
  ["a page after signing out on this machine", { post_logout_redirect_uris: ["http://127.0.0.1:4000/bye"] }],
  ["a secret", { token_endpoint_auth_method: "client_secret_post" }],
  ["a trusted home", { client_uri: "https://github.com/a/tool" }],
  ["the grant of machines", { grant_types: ["authorization_code", "client_credentials"] }],
  ["the grant of devices", { grant_types: ["authorization_code", DEVICE] }],
  ["the scope of OpenID Connect among others", { scope: "openid mcp:read offline_access" }],
];

/** What no client may say about itself; `HOST` is a server that must hear nothing of it. */
const REFUSED: readonly (readonly [string, object])[] = [
  ["codes that leave the machine", { redirect_uris: ["https://evil.example.com/callback"] }],
  ["codes for a page of a trusted home", { redirect_uris: ["https://github.com/callback"] }],
  ["an address that only looks local", { redirect_uris: ["http://127.0.0.1@evil.example.com/"] }],
  ["a name that only begins as ours", { redirect_uris: ["http://localhost.evil.example.com/"] }],
  ["every address of this machine", { redirect_uris: ["http://127.0.0.1/*"] }],
  ["another way to write this machine", { redirect_uris: ["http://127.1/"] }],
  ["this machine by IPv6", { redirect_uris: ["http://[::1]:33418/callback"] }],
  ["a file", { redirect_uris: ["file://localhost/callback"] }],
  ["another protocol", { redirect_uris: ["ftp://localhost/callback"] }],
  ["a scheme of a program", { redirect_uris: ["cursor://anysphere.cursor-retrieval/oauth/callback"] }],
  ["a user in an address", { redirect_uris: ["http://user@127.0.0.1:33418/callback"] }],
  ["an address elsewhere after signing out", { post_logout_redirect_uris: ["https://evil.example.com/"] }],
  ["a home that nobody trusts", { client_uri: "https://evil.example.com/" }],
  ["a powerful scope", { scope: "gateway:admin" }],
  ["another powerful scope among others", { scope: "mcp:read mcp:debug" }],
  ["a scope that there is not", { scope: "mcp:everything" }],
  ["keys at an address", { jwks_uri: "HOST/jwks" }],
  ["keys at an address, to sign in with", { jwks_uri: "HOST/jwks", token_endpoint_auth_method: "private_key_jwt" }],
  ["keys at the address of the cloud's metadata", { jwks_uri: "http://169.254.169.254/latest/meta-data/" }],
  ["assertions signed with its secret", { token_endpoint_auth_method: "client_secret_jwt" }],
  ["a certificate", { token_endpoint_auth_method: "tls_client_auth" }],
  ["a list of its addresses", { sector_identifier_uri: "HOST/sector", subject_type: "pairwise" }],
  ["a list of its addresses and no pairwise subject", { sector_identifier_uri: "HOST/sector" }],
  ["requests at an address", { request_uris: ["HOST/request"] }],
  ["requests at any address", { request_uris: ["HOST/*"] }],
  ["a hook for sign-outs", { backchannel_logout_uri: "HOST/backchannel" }],
  ["a frame for sign-outs", { frontchannel_logout_uri: "HOST/frontchannel" }],
  ["a hook for sign-ins elsewhere", { backchannel_client_notification_endpoint: "HOST/ciba" }],
  ["a picture", { logo_uri: "HOST/logo" }],
  ["a policy", { policy_uri: "HOST/policy" }],
  ["terms", { tos_uri: "HOST/terms" }],
];

/** What holds for registrations at the issuers of developers, whatever software they run on: each row is sent to all of them. */
export function registersAsPlanned(issuers: () => DeveloperIssuers, visitors: Visitors): void {
  const discover = () => OAuthClient.discover(issuers().issuerOf("acme-corp").discoveryUrl);
  const heard: string[] = [];
  let server: Server;
  let host = "";
  const at = (metadata: object): object =>
    JSON.parse(JSON.stringify(metadata).replaceAll("HOST", host)) as Record<string, unknown>;

  beforeAll(async () => {
    server = createServer(({ method, url }, response) => {
      heard.push(`${method} ${url}`);
      response.end("{}");
    });
    host = `http://127.0.0.1:${await listenOnLoopback(server)}`;
  });
  afterAll(() => endServer(server));

  test.each(ACCEPTED)("who registers with %s is accepted", async (_what, changes) => {
    expect(await (await discover()).register(changes)).toMatchObject({ status: 201 });
  });

  test.each(REFUSED)("who registers with %s is refused, and nothing is fetched", async (_what, changes) => {
    const refused = await (await discover()).register(at(changes));
    expect(refused).toMatchObject({ status: 403, body: { error: "insufficient_scope" } });
    expect(heard).toEqual([]);
  });

  test("who has registered cannot change to anything that is refused, and nothing is fetched", async () => {
    const client = await discover();
    const { body } = await client.register();
    const url = String(body["registration_client_uri"]);
    let token = String(body["registration_access_token"]);
    const change = (changes: object) =>
      sendJson("PUT", url, { ...METADATA, client_id: client.clientId, ...changes }, token);
    for (const [what, changes] of REFUSED) {
      expect([what, await change(at(changes))]).toMatchObject([what, { status: 403 }]);
    }
    const renamed = await change({ client_name: "another name" });
    expect(renamed).toMatchObject({ status: 200, body: { redirect_uris: [REDIRECT] } });
    token = String(renamed.body["registration_access_token"]);
    expect(await change({})).toMatchObject({ status: 200 });
    expect(heard).toEqual([]);
  });

  test("nobody makes the issuer fetch a request or keys with a client that is registered", async () => {
    const client = await discover();
    await client.register();
    const opened = await fetch(client.authorizationUrl({ request_uri: `${host}/request` }), { redirect: "manual" });
    expect(opened.headers.get("location") ?? "").not.toContain("code=");
    const assertion = [{ alg: "RS256" }, { iss: client.clientId, sub: client.clientId, jku: `${host}/jwks` }, {}];
    const signed = await client.token({
      grant_type: "authorization_code",
      code: "none",
      client_id: client.clientId,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: assertion.map((it) => Buffer.from(JSON.stringify(it)).toString("base64url")).join("."),
    });
    expect([400, 401]).toContain(signed.status);
    expect(heard).toEqual([]);
  });

  test.each(["default", "install", "saml2-entity-descriptor"])("nobody registers by %s", async (provider) => {
    const { issuer } = issuers().issuerOf("acme-corp");
    const client = {
      clientId: "intruder",
      redirectUris: [REDIRECT],
      attributes: { "access.token.lifespan": "999999" },
    };
    const answer = await fetch(`${issuer}/clients-registrations/${provider}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(client),
    });
    expect(answer.status).toBe(404);
  });

  test.each([
    ["a registered port", REDIRECT, REDIRECT, true],
    ["another port than the registered one", REDIRECT, "http://127.0.0.1:33419/callback", false],
    ["no port where one is registered", REDIRECT, "http://127.0.0.1/callback", false],
    ["any port where none is registered", "http://127.0.0.1/callback", "http://127.0.0.1:45678/callback", true],
    [
      "any port of a name where none is registered",
      "http://localhost/callback",
      "http://localhost:45678/callback",
      true,
    ],
    ["another path", REDIRECT, "http://127.0.0.1:33418/elsewhere", false],
    ["another name of this machine", REDIRECT, "http://localhost:33418/callback", false],
  ])("an authorization request that goes back to %s", async (_what, registered, asked, isAllowed) => {
    const client = await discover();
    await client.register({ redirect_uris: [registered] });
    const answer = client.authorize(visitors.next("acme-corp"), { redirect_uri: asked });
    if (isAllowed) expect((await answer).has("code")).toBe(true);
    else await expect(answer).rejects.toThrow(/redirect_uri/);
  });

  test.each([[["client_credentials"]], [[TOKEN_EXCHANGE, "authorization_code"]], [[DEVICE, "authorization_code"]]])(
    "a client that registers for %j gets a token by none of the grants without a person",
    async (grants) => {
      const client = await discover();
      const { body } = await client.register({ grant_types: grants, token_endpoint_auth_method: "client_secret_post" });
      const secret = { client_id: client.clientId, client_secret: String(body["client_secret"]), scope: "mcp:read" };
      const forms = [
        { grant_type: "client_credentials" },
        { grant_type: TOKEN_EXCHANGE, subject_token: "x", subject_token_type: "urn:ietf:params:oauth:token-type:jwt" },
        { grant_type: DEVICE, device_code: "x" },
        { grant_type: "urn:ietf:params:oauth:grant-type:uma-ticket", audience: client.clientId },
        { grant_type: "password", ...visitors.next("acme-corp") },
      ];
      for (const form of forms) {
        const { status, body: answer } = await client.token({ ...secret, ...form });
        expect([form.grant_type, status]).toEqual([form.grant_type, expect.toBeOneOf([400, 401])]);
        expect(answer).not.toHaveProperty("access_token");
      }
    },
  );

  test("whose password was guessed too often cannot sign in, not even with the right one", async () => {
    const client = await discover();
    await client.register();
    const victim = visitors.next("acme-corp");
    for (let i = 0; i < 12; i++)
      await expect(client.authorize({ ...victim, password: `wrong-${i}` })).rejects.toThrow(/password/);
    await expect(client.authorize(victim)).rejects.toThrow(/password/);
    expect((await client.authorize(visitors.next("acme-corp"))).has("code")).toBe(true);
  });
}
