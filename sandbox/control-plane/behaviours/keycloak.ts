import { type Behaviour, type Behaviours, text, uuid } from "./behaviour.ts";

const REALM = "keycloak:index/realm:Realm";
const ROLE = "keycloak:index/role:Role";
const GROUP = "keycloak:index/group:Group";
const SAML = "keycloak:saml/identityProvider:IdentityProvider";
const SCOPE = "keycloak:openid/clientScope:ClientScope";

/** A Keycloak server: the id of a realm is its name, ids inside a realm are UUIDs. */
export const KEYCLOAK: Behaviours = {
  [REALM]: {
    unique: ["realm"],
    id: (it) => text(it, "realm"),
    outputs: (it) => ({ internalId: uuid(it) }),
    replaces: ["realm", "internalId"],
  },
  [SCOPE]: inRealm(["realmId+name"]),
  [ROLE]: inRealm(["realmId+name"]),
  [GROUP]: { ...inRealm(["realmId+parentId+name"]), outputs: (it) => ({ path: `/${text(it, "name")}` }) },
  // Flows and providers are known by their names in the realm.
  "keycloak:authentication/flow:Flow": { ...inRealm(["realmId+alias"]), replaces: ["realmId", "alias"] },
  "keycloak:authentication/execution:Execution": {
    ...inRealm(),
    defaults: () => ({ requirement: "DISABLED" }),
    replaces: ["realmId", "parentFlowAlias", "authenticator"],
  },
  [SAML]: {
    unique: ["realm+alias"],
    id: (it) => text(it, "alias"),
    outputs: (it) => ({ internalId: uuid(it) }),
    references: { realm: REALM },
    replaces: ["realm", "alias"],
  },
  "keycloak:index/customIdentityProviderMapping:CustomIdentityProviderMapping": {
    unique: ["realm+identityProviderAlias+name"],
    autoname: "name",
    id: (it) => uuid(it),
    references: { realm: REALM, identityProviderAlias: SAML },
    replaces: ["realm", "identityProviderAlias"],
  },
  "keycloak:index/genericRoleMapper:GenericRoleMapper": {
    ...inRealm(["realmId+clientScopeId+roleId"]),
    references: { realmId: REALM, clientScopeId: SCOPE, roleId: ROLE },
    replaces: ["realmId", "clientScopeId", "roleId"],
  },
  "keycloak:index/groupRoles:GroupRoles": {
    ...inRealm(["realmId+groupId"]),
    id: (it) => `${text(it, "realmId")}/${text(it, "groupId")}`,
    references: { realmId: REALM, groupId: GROUP },
    replaces: ["realmId", "groupId"],
  },
  "keycloak:index/realmClientPolicyProfile:RealmClientPolicyProfile": inRealm(["realmId+name"]),
  "keycloak:index/realmClientPolicyProfilePolicy:RealmClientPolicyProfilePolicy": inRealm(["realmId+name"]),
  "keycloak:index/realmClientRegistrationPolicy:RealmClientRegistrationPolicy": inRealm(["realmId+subType+name"]),
  "keycloak:index/realmDefaultClientScopes:RealmDefaultClientScopes": listOfRealm("default"),
  "keycloak:index/realmEvents:RealmEvents": { ...inRealm(), id: (it) => text(it, "realmId") },
  "keycloak:index/realmOptionalClientScopes:RealmOptionalClientScopes": listOfRealm("optional"),
  "keycloak:openid/audienceProtocolMapper:AudienceProtocolMapper": mapper(),
  "keycloak:openid/hardcodedClaimProtocolMapper:HardcodedClaimProtocolMapper": mapper(),
  "keycloak:openid/userAttributeProtocolMapper:UserAttributeProtocolMapper": mapper(),
  "keycloak:openid/userRealmRoleProtocolMapper:UserRealmRoleProtocolMapper": mapper(),
};

function inRealm(unique?: readonly string[]): Behaviour {
  return {
    ...(unique === undefined ? {} : { unique }),
    ...(unique?.[0]?.endsWith("name") === true ? { autoname: "name" } : {}),
    id: (it) => uuid(it),
    references: { realmId: REALM },
    replaces: ["realmId"],
  };
}

function mapper(): Behaviour {
  return { ...inRealm(["realmId+clientScopeId+name"]), references: { realmId: REALM, clientScopeId: SCOPE } };
}

function listOfRealm(kind: string): Behaviour {
  return { ...inRealm(), id: (it) => `${text(it, "realmId")}/${kind}-client-scopes` };
}
