import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { absent, every, some } from "../../engine/three-values.ts";
import { ofRealm, REGISTRATION_POLICY } from "../../facts/identity/realm.ts";
import { TYPE } from "../../facts/resource-types.ts";

const SCOPE = "keycloak:openid/clientScope:ClientScope";
const DEFAULTS = "keycloak:index/realmDefaultClientScopes:RealmDefaultClientScopes";
const OPTIONAL = "keycloak:index/realmOptionalClientScopes:RealmOptionalClientScopes";
const EVENTS = "keycloak:index/realmEvents:RealmEvents";

/** The scopes that Keycloak makes in each realm (server administration guide, "Client scopes"), and the one of OpenID Connect. */
const OWN = [
  "acr",
  "address",
  "basic",
  "email",
  "microprofile-jwt",
  "offline_access",
  "openid",
  "phone",
  "profile",
  "roles",
  "web-origins",
];

export const realmsNameTheirScopes = rule({
  premise: 4,
  id: "realms-name-their-scopes",
  severity: "high",
  description:
    "The scopes that a realm gives to clients exist, tokens say by default who they are about, and the realm records who registers.",
  remediation:
    "Name scopes of Keycloak or of the realm, with `basic` among the default ones, and a listener of events.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAuthentication, CONTROL.isoLogging],
  subjects: { types: [TYPE.realm] },
  judge: [
    (realm, stack) =>
      some(ofRealm(realm, DEFAULTS, stack), (it) => it.texts("defaultScopes").includes("basic"))
        ? undefined
        : absent(`"${realm.name}" must give every client the scope basic.`),
    (realm, stack) => {
      const known = [...OWN, ...ofRealm(realm, SCOPE, stack).map((it) => it.text("name"))];
      return every(namedIn(realm, stack), (it) => known.includes(it))
        ? undefined
        : `"${realm.name}" must give clients scopes that exist.`;
    },
    (realm, stack) =>
      some(ofRealm(realm, EVENTS, stack), (it) => it.texts("eventsListeners").includes("jboss-logging"))
        ? undefined
        : absent(`"${realm.name}" must record what happens in it, by jboss-logging.`),
  ],
});

/** The scopes that clients get by default, may ask for, and may register with. */
function namedIn(realm: ResourceView, stack: StackIndex): readonly string[] {
  const defaults = ofRealm(realm, DEFAULTS, stack).flatMap((it) => it.texts("defaultScopes"));
  const optional = ofRealm(realm, OPTIONAL, stack).flatMap((it) => it.texts("optionalScopes"));
  const registrable = ofRealm(realm, REGISTRATION_POLICY, stack).flatMap((it) => {
    const listed = it.text("config", "allowed-client-scopes") ?? "";
    return listed === "" ? [] : listed.split(",").map((one) => one.trim());
  });
  return [...defaults, ...optional, ...registrable];
}
