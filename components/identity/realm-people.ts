import * as keycloak from "@pulumi/keycloak";
import type * as pulumi from "@pulumi/pulumi";
import { PERSON_CLAIMS } from "../../contracts/identity/permissions.ts";
import type { StaffGroup } from "../../environments/callers/roles.ts";

/** The realm, its groups, and its scopes by name. */
export interface RealmPeopleArgs {
  readonly realmId: pulumi.Input<string>;
  readonly groups: readonly StaffGroup[];
  readonly scopes: ReadonlyMap<string, keycloak.openid.ClientScope>;
}

/**
 * The groups of a realm's people and the role of each. A scope is mapped to the roles that may have it: Keycloak leaves it out of the
 * token of everybody else (TokenManager, "isClientScopePermittedForUser"), and tells in a token no role that none of its scopes has.
 */
export function realmPeople(
  name: string,
  { realmId, groups, scopes }: RealmPeopleArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  for (const { role: title, name: group, department, scopes: granted } of groups) {
    const role = new keycloak.Role(`${name}-${title}`, { realmId, name: title }, opts);
    const members = new keycloak.Group(`${name}-${group}`, { realmId, name: group, attributes: { department } }, opts);
    new keycloak.GroupRoles(`${name}-${group}`, { realmId, groupId: members.id, roleIds: [role.id] }, opts);
    for (const it of granted) {
      const clientScopeId = scopes.get(it)?.id;
      if (clientScopeId === undefined) throw new TypeError(`the realm has no scope "${it}"`);
      new keycloak.GenericRoleMapper(`${name}-${title}-${it}`, { realmId, clientScopeId, roleId: role.id }, opts);
    }
  }
  for (const [title, { id: clientScopeId }] of scopes) claimsOf(`${name}-${title}`, { realmId, clientScopeId }, opts);
}

/** Who the person is, in the access token alone: an identity token and what userinfo answers are the client's to read. */
function claimsOf(
  name: string,
  of: { readonly realmId: pulumi.Input<string>; readonly clientScopeId: pulumi.Input<string> },
  opts: pulumi.CustomResourceOptions,
): void {
  const where = { addToAccessToken: true, addToIdToken: false, addToUserinfo: false, claimValueType: "String" };
  new keycloak.openid.UserRealmRoleProtocolMapper(
    name,
    { ...of, ...where, name: "roles", claimName: PERSON_CLAIMS.roles, multivalued: true },
    opts,
  );
  new keycloak.openid.UserAttributeProtocolMapper(
    name,
    { ...of, ...where, name: "department", claimName: PERSON_CLAIMS.department, userAttribute: "department" },
    opts,
  );
}
