import type { Descriptions } from "../description.ts";
import { NAME, TEXT } from "../reasons.ts";

const ATTEMPTS = "How wrong passwords are slowed down; nothing that is accepted here switches it off.";

const IN_ACCESS_TOKENS = {
  addToAccessToken: [true],
  addToIdToken: [false],
  addToUserinfo: [false],
  claimValueType: ["String"],
};

/** Keycloak: the issuers of people's tokens. */
export const KEYCLOAK: Descriptions = {
  "keycloak:index/genericRoleMapper:GenericRoleMapper": { read: ["clientScopeId", "realmId", "roleId"] },
  "keycloak:index/group:Group": {
    read: ["name", "realmId"],
    inert: { "attributes.department": TEXT, description: TEXT },
  },
  "keycloak:index/groupRoles:GroupRoles": { read: ["groupId", "realmId", "roleIds"] },
  "keycloak:index/realm:Realm": {
    read: ["defaultDefaultClientScopes", "defaultOptionalClientScopes", "realm"],
    inert: {
      displayName: TEXT,
      loginWithEmailAllowed: "By which name of theirs people sign in.",
      "securityDefenses.bruteForceDetection": ATTEMPTS,
    },
    accepts: {
      accessTokenLifespan: ["5m0s"],
      defaultSignatureAlgorithm: ["RS256", "PS256", "ES256"],
      duplicateEmailsAllowed: [false],
      enabled: [true],
      offlineSessionIdleTimeout: ["24h0m0s"],
      offlineSessionMaxLifespan: ["168h0m0s"],
      offlineSessionMaxLifespanEnabled: [true],
      passwordPolicy: ["length(14) and notUsername and passwordHistory(5)"],
      refreshTokenMaxReuse: [0],
      registrationAllowed: [false],
      revokeRefreshToken: [true],
      sslRequired: ["all"],
    },
    needs: [
      "accessTokenLifespan",
      "offlineSessionIdleTimeout",
      "offlineSessionMaxLifespan",
      "offlineSessionMaxLifespanEnabled",
      "passwordPolicy",
      "revokeRefreshToken",
      "sslRequired",
    ],
  },
  "keycloak:index/realmClientPolicyProfile:RealmClientPolicyProfile": {
    read: ["executors.configuration", "executors.name", "name", "realmId"],
    inert: { description: TEXT },
  },
  "keycloak:index/realmClientPolicyProfilePolicy:RealmClientPolicyProfilePolicy": {
    read: ["conditions.configuration", "conditions.name", "enabled", "profiles", "realmId"],
    inert: { description: TEXT, name: NAME },
  },
  "keycloak:index/realmClientRegistrationPolicy:RealmClientRegistrationPolicy": {
    read: ["config", "providerId", "realmId", "subType"],
    inert: { name: NAME },
  },
  "keycloak:index/realmDefaultClientScopes:RealmDefaultClientScopes": {
    read: ["defaultScopes", "realmId"],
  },
  "keycloak:index/realmEvents:RealmEvents": {
    read: ["realmId"],
    inert: {
      eventsExpiration: "How long events are kept.",
    },
    accepts: {
      adminEventsDetailsEnabled: [false],
      adminEventsEnabled: [true],
      eventsListeners: ["jboss-logging"],
      enabledEventTypes: ["CLIENT_REGISTER", "CLIENT_REGISTER_ERROR", "LOGIN", "LOGIN_ERROR"],
      eventsEnabled: [true],
    },
    needs: ["enabledEventTypes", "eventsEnabled"],
  },
  "keycloak:index/realmOptionalClientScopes:RealmOptionalClientScopes": {
    read: ["optionalScopes", "realmId"],
  },
  "keycloak:index/role:Role": { read: ["name", "realmId"], inert: { description: TEXT } },
  "keycloak:openid/audienceProtocolMapper:AudienceProtocolMapper": {
    read: ["clientScopeId", "includedCustomAudience", "realmId"],
    inert: { name: NAME },
    accepts: { addToAccessToken: [true], addToIdToken: [false] },
    needs: ["addToIdToken"],
  },
  "keycloak:openid/clientScope:ClientScope": {
    read: ["name", "realmId"],
    inert: { description: TEXT },
    accepts: { includeInTokenScope: [true] },
  },
  "keycloak:openid/hardcodedClaimProtocolMapper:HardcodedClaimProtocolMapper": {
    read: ["claimValue", "clientScopeId", "realmId"],
    inert: { name: NAME },
    accepts: { addToAccessToken: [true], claimName: ["tenant_id"], claimValueType: ["String"] },
  },
  // An attribute of the person that her groups' stand in for: it must be none that she can set herself.
  "keycloak:openid/userAttributeProtocolMapper:UserAttributeProtocolMapper": {
    read: ["claimName", "clientScopeId", "realmId"],
    inert: { name: NAME },
    accepts: { ...IN_ACCESS_TOKENS, userAttribute: ["department"] },
  },
  "keycloak:openid/userRealmRoleProtocolMapper:UserRealmRoleProtocolMapper": {
    read: ["claimName", "clientScopeId", "realmId"],
    inert: { name: NAME },
    accepts: { ...IN_ACCESS_TOKENS, multivalued: [true] },
  },
};
