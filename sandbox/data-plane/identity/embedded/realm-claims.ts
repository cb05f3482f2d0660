import type { AccessToken, ClientCredentials, JWTStructured } from "oidc-provider";
import type { PlannedRealm } from "../planned-realm.ts";

/** Turns an access token by RFC 9068 into one of Keycloak: its names of things, and what the scopes of the token map into it. */
export function realmClaims(realm: PlannedRealm, token: AccessToken | ClientCredentials, jwt: JWTStructured): void {
  const { payload } = jwt;
  const held = scopesOf(realm, payload["scope"]);
  const audiences = [...new Set(held.flatMap((it) => it.audiences))];
  jwt.header = { typ: "JWT" };
  payload["typ"] = "Bearer";
  payload["azp"] = payload["client_id"];
  delete payload["client_id"];
  if ("sessionUid" in token) payload["sid"] = token.sessionUid;
  // Keycloak's have no audience then, which the provider does not allow: so they are for the issuer, which is nobody's gateway.
  payload["aud"] = audiences.length > 1 ? audiences : (audiences[0] ?? payload["iss"]);
  payload["scope"] = held
    .filter((it) => it.isInTokenScope)
    .map((it) => it.name)
    .join(" ");
  Object.assign(payload, ...held.map((it) => it.claims));
}

function scopesOf({ scopes, defaultScopes }: PlannedRealm, granted: unknown): PlannedRealm["scopes"] {
  const names = new Set([...defaultScopes, ...(typeof granted === "string" ? granted.split(" ") : [])]);
  return scopes.filter((it) => names.has(it.name));
}
