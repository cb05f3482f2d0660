import type { ClientMetadata, Configuration } from "oidc-provider";
import { LOOPBACK } from "./client-metadata.ts";
import type { KnownClient } from "../developers.ts";
import type { PlannedRealm } from "../planned-realm.ts";
import { type ClientStatement, hasHost, requireRegistrable, requireRoom } from "./registration-rules.ts";

/** What a client may do; what else it asks for it does not get, as at Keycloak. */
export const GRANTS: readonly string[] = ["authorization_code", "refresh_token"];

/** What a client that does not say which scopes it wants may ask for. */
export function askable({ optionalScopes }: PlannedRealm): string {
  return ["openid", ...optionalScopes].join(" ");
}

/** A client that is known beforehand. */
export function publicClient({ clientId, redirectUris }: KnownClient): ClientMetadata {
  return {
    client_id: clientId,
    redirect_uris: redirectUris,
    token_endpoint_auth_method: "none",
    application_type: "native",
  };
}

/**
 * Makes of what a client says about itself what it can be here; refuses it if it may not register. Called once per client, with a context
 * when it registers or changes what it has registered.
 */
export function clientShape(
  { registration }: PlannedRealm,
  registered: () => number,
): NonNullable<Configuration["extraClientMetadata"]> {
  return {
    // One property is enough: the validator sees them all.
    properties: ["software_id"],
    validator: (ctx, _key, _value, metadata) => {
      metadata.grant_types = metadata.grant_types?.filter((it) => GRANTS.includes(it));
      if (metadata.redirect_uris?.every(isLoopback) === true) metadata.application_type = "native";
      if (ctx === undefined) return;
      if (ctx.oidc.route === "registration") requireRoom(registered(), registration);
      const statement: ClientStatement = ctx.oidc.body ?? {};
      requireRegistrable(statement, registration);
      if (typeof statement["scope"] === "string")
        metadata.scope = [...new Set(["openid", ...statement["scope"].split(" ")])].join(" ");
    },
  };
}

/**
 * Whether a code may go to `uri`: to an address that is registered as it is, or on this machine to any port where none is registered.
 * RFC 8252, 7.3, would let any port be in place of a registered one, but Keycloak does not.
 */
export function isRegistered(uri: string, registered: readonly string[]): boolean {
  if (registered.includes(uri)) return true;
  const url = isLoopback(uri) ? new URL(uri) : undefined;
  if (url === undefined) return false;
  url.port = "";
  return registered.some((it) => isLoopback(it) && new URL(it).href === url.href);
}

function isLoopback(uri: string): boolean {
  return URL.parse(uri)?.protocol === "http:" && hasHost(uri, LOOPBACK);
}
