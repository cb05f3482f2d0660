import type { Client, Configuration } from "oidc-provider";
import { hasHost, mayReceiveCodes } from "./registration-rules.ts";
import type { RegistrationRules } from "./planned-realm.ts";

const LOOPBACK = ["127.0.0.1", "[::1]", "localhost"];

/** Fetches the metadata of a client that is named by its address, from this machine and the given hosts only. */
export function metadataFetch(hosts: readonly string[]): NonNullable<Configuration["fetch"]> {
  return (url, init) => {
    const { href } = new URL(url instanceof Request ? url.url : url);
    if (!hasHost(href, [...LOOPBACK, ...hosts])) throw new TypeError(`${href} may not be fetched`);
    // The provider's own dispatcher refuses addresses of the machine itself, which here are the first that are wanted.
    return fetch(href, hasHost(href, LOOPBACK) ? withoutDispatcher(init) : init);
  };
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
