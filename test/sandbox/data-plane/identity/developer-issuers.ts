import { decodeJwt } from "jose";
import { beforeAll, expect, test } from "vitest";
import { remoteKeys } from "../../../../services/libraries/service-kit/tokens/token-keys.ts";
import { tokenVerifier } from "../../../../services/libraries/service-kit/tokens/token.ts";
import type { DeveloperIssuers } from "../../../../sandbox/data-plane/identity/developers.ts";
import { OAuthClient, sendJson } from "./oauth-client.ts";
import { AUDIENCE } from "./planned-tenants.ts";
import type { Visitors } from "./visitors.ts";

/** The tenants that every issuer is tested with. */
export const TENANTS = ["acme-corp", "xyz-gmbh"] as const;

/** What holds for the issuers of developers, whatever software they run on. */
export function behavesAsPlanned(issuers: () => DeveloperIssuers, visitors: Visitors): void {
  let client: OAuthClient;
  const someone = () => visitors.next("acme-corp");
  const discover = (tenant: string) => OAuthClient.discover(issuers().issuerOf(tenant).discoveryUrl);

  beforeAll(async () => {
    client = await discover("acme-corp");
    expect(await client.register()).toMatchObject({ status: 201 });
  });

  test("a tool registers itself, somebody signs in, and a gateway accepts the token", async () => {
    const ide = await discover("acme-corp");
    const registered = await ide.register({ scope: "mcp:read mcp:write", client_uri: "https://github.com/a/tool" });
    expect(registered).toMatchObject({ status: 201 });
    const back = await ide.authorize(someone(), { scope: "mcp:read mcp:write" });
    expect(back.get("iss")).toBe(ide.metadata.issuer);
    expect(back.get("state")).toBe("somewhere");
    const { status, body } = await ide.redeem(back.get("code"));
    expect(status).toBe(200);
    expect(await verify(issuers(), "acme-corp", String(body["access_token"]))).toMatchObject({
      tenantId: "acme-corp",
      clientId: ide.clientId,
      userId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
      scopes: ["mcp:read", "mcp:write"],
    });
  });

  test.each([
    ["developers", { roles: ["developer"], department: "engineering" }, "mcp:read mcp:write"],
    ["qa-engineers", { roles: ["qa"], department: "quality" }, "mcp:read"],
  ] as const)("a token of %s says who they are, and has the scopes of their role alone", async (group, who, scope) => {
    const asked = { scope: "mcp:read mcp:write offline_access" };
    const ide = await discover("acme-corp");
    await ide.register(asked);
    const person = visitors.next("acme-corp", group);
    const { body } = await ide.redeem((await ide.authorize(person, asked)).get("code"));
    const claims = decodeJwt(String(body["access_token"]));
    expect(claims["user_context"]).toEqual(who);
    expect(wordsOf(claims["scope"]).filter((it) => it.startsWith("mcp:"))).toEqual(wordsOf(scope));
    expect(JSON.stringify(claims)).not.toMatch(/Vera|visitor|@/);
  });

  test("who is in no group gets a token that no gateway accepts", async () => {
    const person = visitors.next("acme-corp", "nobody");
    const { body } = await client.redeem((await client.authorize(person)).get("code"));
    expect(decodeJwt(String(body["access_token"]))).not.toHaveProperty("user_context");
    await expect(verify(issuers(), "acme-corp", String(body["access_token"]))).rejects.toMatchObject({
      name: "TokenError",
    });
  });

  test("who asks for no scope gets a token that no gateway accepts", async () => {
    const { status, body } = await client.redeem((await client.authorize(someone(), { scope: undefined })).get("code"));
    expect(status).toBe(200);
    await expect(verify(issuers(), "acme-corp", String(body["access_token"]))).rejects.toMatchObject({
      name: "TokenError",
    });
  });

  test("the gateway of another tenant refuses the token", async () => {
    const { body } = await client.redeem((await client.authorize(someone())).get("code"));
    await expect(verify(issuers(), "xyz-gmbh", String(body["access_token"]))).rejects.toMatchObject({
      code: "ERR_TOKEN_ISSUER",
    });
  });

  test("VS Code may register itself as it does", async () => {
    const redirect_uris = [
      "https://insiders.vscode.dev/redirect",
      "https://vscode.dev/redirect",
      "http://127.0.0.1/",
      "http://127.0.0.1:33418/",
    ];
    const grant_types = ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"];
    const code = await discover("acme-corp");
    const client_uri = "https://code.visualstudio.com";
    const registered = await code.register({ client_uri, grant_types, redirect_uris, scope: "mcp:read" });
    expect(registered).toMatchObject({ status: 201 });
    const back = await code.authorize(someone(), { redirect_uri: "http://127.0.0.1:33418/" });
    const redeemed = await code.redeem(back.get("code"), { redirect_uri: "http://127.0.0.1:33418/" });
    expect(redeemed).toMatchObject({ status: 200, body: { scope: "mcp:read" } });
  });

  test.each([["client_credentials"], ["authorization_code"]])(
    "nobody gets a token without signing in, with a secret and registered for %s",
    async (grant) => {
      const machine = await discover("acme-corp");
      const { body } = await machine.register({
        grant_types: [grant],
        response_types: grant === "authorization_code" ? ["code"] : [],
        token_endpoint_auth_method: "client_secret_post",
      });
      const refused = await machine.token({
        grant_type: "client_credentials",
        scope: "mcp:read",
        client_id: machine.clientId,
        client_secret: String(body["client_secret"]),
      });
      expect([400, 401]).toContain(refused.status);
      expect(refused.body).not.toHaveProperty("access_token");
    },
  );

  test.each<[string, Readonly<Record<string, string | undefined>>, string]>([
    ["no proof key", { code_challenge: undefined, code_challenge_method: undefined }, "invalid_request"],
    ["a proof key in the clear", { code_challenge_method: "plain" }, "invalid_request"],
    ["a powerful scope", { scope: "gateway:admin" }, "invalid_scope"],
    ["a scope that there is not", { scope: "mcp:read mcp:everything" }, "invalid_scope"],
  ])("an authorization request with %s is refused", async (_what, changes, error) => {
    const back = await client.authorize(someone(), changes);
    expect(back.get("error")).toBe(error);
    expect(back.has("code")).toBe(false);
  });

  test("nothing is sent to an address that was not registered", async () => {
    const elsewhere = { redirect_uri: "http://127.0.0.1:33418/elsewhere" };
    await expect(client.authorize(someone(), elsewhere)).rejects.toThrow(/redirect_uri/);
  });

  test("a code is good once, for its client and with its proof key", async () => {
    const other = await discover("acme-corp");
    await other.register();
    const codes = [];
    for (let i = 0; i < 3; i++) codes.push((await client.authorize(someone())).get("code"));
    const refused = { status: 400, body: { error: "invalid_grant" } };
    expect(await client.redeem(codes[0]!, { code_verifier: "x".repeat(43) })).toMatchObject(refused);
    expect(await other.redeem(codes[1]!, { code_verifier: client.verifier })).toMatchObject(refused);
    expect(await client.redeem(codes[2]!)).toMatchObject({ status: 200 });
    expect(await client.redeem(codes[2]!)).toMatchObject(refused);
  });

  test("a refresh token is good once, too", async () => {
    const { body } = await client.redeem((await client.authorize(someone())).get("code"));
    const form = {
      grant_type: "refresh_token",
      client_id: client.clientId,
      refresh_token: String(body["refresh_token"]),
    };
    const fresh = await client.token(form);
    expect(fresh.status).toBe(200);
    expect(fresh.body["refresh_token"]).not.toBe(body["refresh_token"]);
    await verify(issuers(), "acme-corp", String(fresh.body["access_token"]));
    expect(await client.token(form)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  test("access ends within five minutes of signing out: tokens are good no longer, and are not renewed", async () => {
    const { body } = await client.redeem((await client.authorize(someone())).get("code"));
    const { exp, iat } = decodeJwt(String(body["access_token"]));
    expect([body["expires_in"], exp! - iat!]).toEqual([300, 300]);
    const refresh_token = String(body["refresh_token"]);
    const own = { client_id: client.clientId };
    const { revocation_endpoint } = client.metadata;
    const form = new URLSearchParams({ ...own, token: refresh_token, token_type_hint: "refresh_token" });
    expect((await fetch(revocation_endpoint!, { method: "POST", body: form })).status).toBe(200);
    const refused = { status: 400, body: { error: "invalid_grant" } };
    expect(await client.token({ ...own, grant_type: "refresh_token", refresh_token })).toMatchObject(refused);
  });

  test("a client reads and removes its registration, and no other does", async () => {
    const [mine, other] = [await discover("acme-corp"), await discover("acme-corp")];
    const { body } = await mine.register();
    const token = String(body["registration_access_token"]);
    const foreign = String((await other.register()).body["registration_access_token"]);
    const url = String(body["registration_client_uri"]);
    expect((await sendJson("GET", url, undefined, foreign)).status).toBe(401);
    const read = await sendJson("GET", url, undefined, token);
    expect(read).toMatchObject({ status: 200, body: { client_id: mine.clientId } });
    const latest = String(read.body["registration_access_token"]);
    expect((await sendJson("DELETE", url, undefined, latest)).status).toBe(204);
    await expect(mine.authorize(someone())).rejects.toThrow(/client/i);
  });

  test("people sign in with their own password, at their own tenant, to its own clients", async () => {
    await expect(client.authorize({ ...someone(), password: "wrong" })).rejects.toThrow(/password/);
    const stranger = issuers().people.find((it) => it.tenantId === "xyz-gmbh" && it.username === "alice")!;
    await expect(client.authorize(stranger)).rejects.toThrow(/password/);
    const neighbour = await discover("xyz-gmbh");
    neighbour.clientId = client.clientId;
    await expect(neighbour.authorize(stranger)).rejects.toThrow(/client/i);
  });

  test("the metadata is where RFC 8414 and where OpenID Connect look for it, and says S256", async () => {
    const { issuer, discoveryUrl } = issuers().issuerOf("acme-corp");
    const inserted = new URL("/.well-known/oauth-authorization-server/realms/acme-corp", issuer).href;
    for (const url of [discoveryUrl, inserted]) {
      const { body } = await sendJson("GET", url);
      expect(body).toMatchObject({ issuer, authorization_response_iss_parameter_supported: true });
      expect(body["code_challenge_methods_supported"]).toEqual(["S256"]);
      expect(body["token_endpoint_auth_methods_supported"]).toEqual([
        "none",
        "client_secret_basic",
        "client_secret_post",
      ]);
      expect(body["grant_types_supported"]).toEqual(["authorization_code", "refresh_token"]);
    }
  });

  test("a tenant without a realm has no issuer", () => {
    expect(() => issuers().issuerOf("nobody")).toThrow(TypeError);
  });
}

/** What a gateway of a tenant makes of a token. */
function verify(issuers: DeveloperIssuers, tenantId: string, token: string) {
  const { issuer, jwksUrl } = issuers.issuerOf(tenantId);
  const keys = remoteKeys({ url: new URL(jwksUrl) });
  const scopes = ["mcp:read", "mcp:write"];
  return tokenVerifier({ profile: "keycloak", issuer, audience: AUDIENCE, keys, tenantId, scopes })(token);
}

/** The words of a claim, in order. */
function wordsOf(scope: unknown): readonly string[] {
  return String(scope).split(" ").toSorted();
}
