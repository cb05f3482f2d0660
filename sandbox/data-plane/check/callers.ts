import { type CallToolResult, ClientCredentialsProvider } from "@modelcontextprotocol/client";
import * as z from "zod";
import type { Scenario } from "../../../contracts/scenarios.ts";
import { GatewayClient, type GatewayClientOptions } from "../../../services/libraries/gateway-client/gateway-client.ts";
import { PersonLogin } from "../../../services/libraries/gateway-client/person-login.ts";
import type { PoolClient } from "../identity/cognito/pool-clients.ts";
import { scriptedSignIn } from "../identity/scripted-sign-in.ts";
import type { Platform, PlatformGateway } from "../platform.ts";

const REDIRECT = "http://127.0.0.1:33418/callback";

/** The gateway of a tenant for a scenario; throws if the platform has none. */
export function gatewayOf({ gateways }: Platform, tenant: string, scenario: Scenario): PlatformGateway {
  const found = gateways.find((it) => it.tenant === tenant && it.scenario === scenario);
  if (found === undefined) throw new TypeError(`${tenant} has no gateway for ${scenario}`);
  return found;
}

/** Somebody with an IDE, and what the IDE remembers of the login. */
export interface Developer {
  readonly login: PersonLogin;
  readonly client: GatewayClient;
}

/** Somebody who signs in with a name and a password, in an IDE that registers itself. */
export function developer(platform: Platform, tenant: string): Developer {
  const person = platform.people.find((it) => it.tenantId === tenant);
  if (person === undefined) throw new TypeError(`${tenant} has nobody who could sign in`);
  const { username, password } = person;
  const login = new PersonLogin({
    clientName: "alicerce local --check",
    redirectUrl: REDIRECT,
    authorize: (url) => scriptedSignIn({ url, username, password, redirectUri: REDIRECT }),
  });
  return { login, client: clientAt(gatewayOf(platform, tenant, "internal"), login) };
}

/** A machine that a gateway lets in and that is no agent, with its own credentials. */
export function machine(gateway: PlatformGateway): GatewayClient {
  const { clientId, clientSecret } = credentialsOf(gateway);
  return clientAt(gateway, new ClientCredentialsProvider({ clientId, clientSecret, expectedIssuer: gateway.issuer }));
}

/** The same machine when it asks for the right to read and no more. */
export function reader(gateway: PlatformGateway): GatewayClient {
  return clientAt(gateway, { token: () => readerToken(gateway) });
}

/** A machine's token for reading at its own gateway. */
export async function readerToken(gateway: PlatformGateway): Promise<string> {
  const { clientId, clientSecret, scopes } = credentialsOf(gateway);
  const scope = scopes.filter((it) => it.includes(`.${gateway.scenario}/`) && it.endsWith("mcp.read")).join(" ");
  const response = await fetch(`${gateway.issuer}/oauth2/token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials", scope }),
  });
  return z.object({ access_token: z.string() }).parse(await response.json()).access_token;
}

function credentialsOf({ url, machines }: PlatformGateway): PoolClient & { readonly clientSecret: string } {
  const first = machines.find((it) => it.name.startsWith("machine-"));
  if (first?.clientSecret === undefined) throw new TypeError(`${url} lets no machine in that is no agent`);
  return { ...first, clientSecret: first.clientSecret };
}

function clientAt(gateway: PlatformGateway, auth: GatewayClientOptions["auth"] & object): GatewayClient {
  return new GatewayClient({ url: new URL(gateway.url), name: "alicerce-check", version: "1.0.0", auth });
}

/** The structured result of a tool that did what it was asked to; throws with the tool's own words otherwise. */
export async function result(client: GatewayClient, name: string, args: object = {}): Promise<Record<string, unknown>> {
  const answer = await client.callTool(name, { ...args });
  if (answer.isError === true) throw new Error(`${name} says: ${wordsOf(answer)}`);
  return { ...(answer.structuredContent as object) };
}

/** The words that a tool answered. */
export function wordsOf({ content }: CallToolResult): string {
  return content.map((it) => (it.type === "text" ? it.text : `(${it.type})`)).join("\n");
}

/** A request as a program sends it that knows no SDK. */
export function rawCall(url: string, headers: Readonly<Record<string, string>>, name: string): Promise<Response> {
  const _meta = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": {},
  };
  return fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": "2026-07-28",
      "mcp-method": "tools/call",
      "mcp-name": name,
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: {}, _meta } }),
  });
}
