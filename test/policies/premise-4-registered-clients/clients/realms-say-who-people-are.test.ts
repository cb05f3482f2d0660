import * as keycloak from "@pulumi/keycloak";
import { realmsSayWhoPeopleAre } from "../../../../policies/premise-4-registered-clients/clients/realms-say-who-people-are.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { onKeycloak, TENANT } from "../../programs.ts";

interface Choice {
  readonly granted?: boolean;
  readonly roles?: string;
  readonly department?: string;
}

function realm(choice: Choice): void {
  const { granted = true, roles = "user_context.roles", department = "user_context.department" } = choice;
  const opts = onKeycloak();
  const realmId = new keycloak.Realm("realm", { realm: TENANT }, opts).id;
  const scope = new keycloak.openid.ClientScope("reads", { realmId, name: "mcp:read" }, opts);
  const of = { realmId, clientScopeId: scope.id };
  const developer = new keycloak.Role("developer", { realmId, name: "developer" }, opts);
  new keycloak.openid.AudienceProtocolMapper("reads", { ...of, includedCustomAudience: "https://gateway" }, opts);
  new keycloak.openid.ClientScope("debug", { realmId, name: "mcp:debug" }, opts);
  if (granted) new keycloak.GenericRoleMapper("reads", { ...of, roleId: developer.id }, opts);
  new keycloak.openid.UserRealmRoleProtocolMapper("reads", { ...of, claimName: roles, multivalued: true }, opts);
  const attribute = { claimName: department, userAttribute: "department" };
  new keycloak.openid.UserAttributeProtocolMapper("reads", { ...of, ...attribute }, opts);
}

/** A realm whose roles are an attribute of the account, in the claim of roles. */
function rolesOfAccounts(): void {
  const opts = onKeycloak();
  const realmId = new keycloak.Realm("realm", { realm: TENANT }, opts).id;
  const scope = new keycloak.openid.ClientScope("reads", { realmId, name: "mcp:read" }, opts);
  const of = { realmId, clientScopeId: scope.id };
  const developer = new keycloak.Role("developer", { realmId, name: "developer" }, opts);
  new keycloak.openid.AudienceProtocolMapper("reads", { ...of, includedCustomAudience: "https://gateway" }, opts);
  new keycloak.GenericRoleMapper("reads", { ...of, roleId: developer.id }, opts);
  for (const name of ["roles", "department"]) {
    const claim = { claimName: `user_context.${name}`, userAttribute: name };
    new keycloak.openid.UserAttributeProtocolMapper(name, { ...of, ...claim }, opts);
  }
}

const NO_ROLES = '"reads" must write user_context.roles into tokens.';

testRule(realmsSayWhoPeopleAre, {
  accepts: {
    "a scope for a role, with both claims, beside one that no gateway takes": () => realm({}),
  },
  rejects: {
    "a scope for everybody": [() => realm({ granted: false }), '"reads" must be granted to roles alone.'],
    "roles in another claim": [() => realm({ roles: "realm_access.roles" }), NO_ROLES],
    "roles that an account says of itself": [rolesOfAccounts, NO_ROLES],
    "no department": [
      () => realm({ department: "department" }),
      '"reads" must write user_context.department into tokens.',
    ],
  },
});
