import type { Client } from "oidc-provider";
import { hasHost, mayReceiveCodes } from "./registration-rules.ts";
import type { RegistrationRules } from "../planned-realm.ts";

/** The names of this machine. */
export const LOOPBACK: readonly string[] = ["127.0.0.1", "[::1]", "localhost"];

/** Whose tools are named by the addresses of their metadata: a client that is told that it may be will not register. */
const TOOL_HOSTS = ["chatgpt.com", "claude.ai", "vscode.dev", "zed.dev"];

/** Fetches the metadata of a client that is named by its address, from this machine and the makers of well-known tools only. */
export function fetchMetadata(url: string | URL | Request, init?: RequestInit): Promise<Response> {
  const { href } = new URL(url instanceof Request ? url.url : url);
  if (!hasHost(href, [...LOOPBACK, ...TOOL_HOSTS])) throw new TypeError(`${href} may not be fetched`);
  // The provider's own dispatcher refuses addresses of the machine itself, which here are the first that are wanted.
  return fetch(href, hasHost(href, LOOPBACK) ? withoutDispatcher(init) : init);
}

function withoutDispatcher(init: RequestInit = {}): RequestInit {
  return Object.fromEntries(Object.entries(init).filter(([name]) => name !== "dispatcher"));
}

/** Whether a client that is named by its address may be one: codes go back to this machine or to the client's own host. */
export function isAllowedClient(client: Client, rules: RegistrationRules): boolean {
  const own = new URL(client.clientId).hostname;
  const asked = client.scope?.split(" ") ?? [];
  return (
    (client.redirectUris ?? []).every((it) => mayReceiveCodes(it, rules) || hasHost(it, [own])) &&
    asked.every((it) => it === "openid" || rules.scopes.includes(it))
  );
}
