import type { AccessToken, ClientCredentials, JWTStructured } from "oidc-provider";
import type { Person } from "../people.ts";
import type { PlannedRealm, RealmScope } from "../planned-realm.ts";

/** A realm, and who can sign in there. */
export interface PeopledRealm {
  readonly realm: PlannedRealm;
  readonly people: readonly Person[];
}

/** Turns an access token by RFC 9068 into one of Keycloak: its names of things, and what the scopes of the token map into it. */
export function realmClaims(
  { realm, people }: PeopledRealm,
  token: AccessToken | ClientCredentials,
  jwt: JWTStructured,
): void {
  const { payload } = jwt;
  const group = groupOf(realm, "accountId" in token ? people.find((it) => it.id === token.accountId) : undefined);
  const held = scopesOf(realm, payload["scope"]).filter((it) => isPermitted(it, group.roles));
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
  const roles = group.roles.filter((it) => held.some((scope) => scope.roles.includes(it)));
  for (const it of held) addPerson(payload, it, { ...group, roles });
}

/** Keycloak leaves out of a token the scopes that the person has no role for. */
function isPermitted({ roles }: RealmScope, held: readonly string[]): boolean {
  return roles.length === 0 || roles.some((it) => held.includes(it));
}

const NOBODYS = { roles: [], attributes: {} };

function groupOf(
  { groups }: PlannedRealm,
  person: Person | undefined,
): Pick<PlannedRealm["groups"][number], "roles" | "attributes"> {
  return groups.find((it) => it.name === person?.group) ?? NOBODYS;
}

/** Writes what a scope says of the person; an empty value is no claim, and a name with dots is an object. */
function addPerson(
  payload: JWTStructured["payload"],
  scope: RealmScope,
  { roles, attributes }: ReturnType<typeof groupOf>,
): void {
  for (const [claim, what] of Object.entries(scope.personClaims)) {
    const value = what === "roles" ? roles : attributes[what.attribute];
    if (value === undefined || value.length === 0) continue;
    const [outer = "", inner = ""] = claim.split(".");
    const object = payload[outer];
    payload[outer] = { ...(typeof object === "object" && object), [inner]: value };
  }
}

function scopesOf({ scopes, defaultScopes }: PlannedRealm, granted: unknown): PlannedRealm["scopes"] {
  const names = new Set([...defaultScopes, ...(typeof granted === "string" ? granted.split(" ") : [])]);
  return scopes.filter((it) => names.has(it.name));
}
