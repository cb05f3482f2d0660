import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  auth,
  type OAuthClientInformationMixed,
  type OAuthClientProvider,
  type OAuthDiscoveryState,
  type OAuthTokens,
} from "@modelcontextprotocol/client";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DeveloperIssuers } from "../../../../sandbox/data-plane/identity/developers.ts";
import { startEmbeddedIssuer } from "../../../../sandbox/data-plane/identity/embedded/embedded-issuer.ts";
import { plannedRealm } from "../../../../sandbox/data-plane/identity/planned-realm.ts";
import { scriptedSignIn } from "../../../../sandbox/data-plane/identity/scripted-sign-in.ts";
import { REDIRECT } from "./oauth-client.ts";
import { realmPlan } from "./planned-tenants.ts";

let gateway: Server;
let serverUrl: string;
let issuers: DeveloperIssuers;

/** A gateway as far as a client sees it before it has a token: it names its authorization server (RFC 9728). */
beforeAll(async () => {
  gateway = createServer((_request, response) => {
    const authorization_servers = [issuers.issuerOf("acme-corp").issuer];
    const metadata = { resource: serverUrl, authorization_servers, scopes_supported: ["mcp:read", "mcp:write"] };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(metadata));
  });
  await new Promise<void>((resolve) => gateway.listen(0, "127.0.0.1", resolve));
  serverUrl = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/mcp`;
  issuers = await startEmbeddedIssuer({ realms: [plannedRealm(await realmPlan("acme-corp"), serverUrl)] });
});
afterAll(async () => {
  await issuers.stop();
  gateway.close();
  gateway.closeAllConnections();
});

/** What an IDE remembers between its steps. */
class Memory implements OAuthClientProvider {
  readonly redirectUrl = REDIRECT;
  readonly clientMetadata = {
    client_name: "an IDE",
    redirect_uris: [REDIRECT],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
  };
  url: URL | undefined;
  private information: OAuthClientInformationMixed | undefined;
  private kept: OAuthTokens | undefined;
  private verifier = "";
  private discovered: OAuthDiscoveryState | undefined;

  clientInformation = () => this.information;
  saveClientInformation = (it: OAuthClientInformationMixed) => void (this.information = it);
  tokens = () => this.kept;
  saveTokens = (it: OAuthTokens) => void (this.kept = it);
  redirectToAuthorization = (it: URL) => void (this.url = it);
  codeVerifier = () => this.verifier;
  saveCodeVerifier = (it: string) => void (this.verifier = it);
  discoveryState = () => this.discovered;
  saveDiscoveryState = (it: OAuthDiscoveryState) => void (this.discovered = it);
}

describe("the client of the MCP SDK", () => {
  test("finds the issuer, registers, has somebody sign in, and refreshes", async () => {
    const memory = new Memory();
    expect(await auth(memory, { serverUrl })).toBe("REDIRECT");
    const [person] = issuers.people;
    const { username, password } = person!;
    const back = await scriptedSignIn({ url: memory.url!, username, password, redirectUri: REDIRECT });
    const { code, iss } = Object.fromEntries(back.searchParams) as { code: string; iss: string };
    expect(await auth(memory, { serverUrl, authorizationCode: code, iss })).toBe("AUTHORIZED");
    const first = memory.tokens()!;
    expect(decodeJwt(first.access_token)).toMatchObject({
      aud: serverUrl,
      scope: "mcp:read mcp:write",
      tenant_id: "acme-corp",
    });
    expect(await auth(memory, { serverUrl })).toBe("AUTHORIZED");
    expect(memory.tokens()?.refresh_token).not.toBe(first.refresh_token);
  });
});
