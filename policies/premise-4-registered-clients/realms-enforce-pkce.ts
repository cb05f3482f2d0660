import { CONTROL } from "../engine/frameworks.ts";
import { ofRealm } from "../facts/identity/realm.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import { absent, some } from "../engine/three-values.ts";

const PROFILE = "keycloak:index/realmClientPolicyProfile:RealmClientPolicyProfile";
const POLICY = "keycloak:index/realmClientPolicyProfilePolicy:RealmClientPolicyProfilePolicy";

export const realmsEnforcePkce = rule({
  premise: 4,
  id: "realms-enforce-pkce",
  severity: "critical",
  description: "Every client of a realm must prove with PKCE (S256) that it began the login that it ends.",
  remediation:
    "Add a client profile with the executor pkce-enforcer, and an enabled client policy for any-client that uses it.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAuthentication, CONTROL.pciAuthentication],
  subjects: { types: [TYPE.realm] },
  judge: (realm, stack) => {
    const profiles = ofRealm(realm, PROFILE, stack).filter(enforcesPkce);
    const applies = some(
      ofRealm(realm, POLICY, stack),
      (policy) => appliesToAll(policy) && some(profiles, isUsedBy(policy)),
    );
    return applies ? undefined : absent(`"${realm.name}" must enforce PKCE for every client.`);
  },
});

function enforcesPkce(profile: ResourceView): boolean {
  return some(
    profile.list("executors"),
    (it) => it.text("name") === "pkce-enforcer" && it.text("configuration.auto-configure") === "true",
  );
}

function appliesToAll(policy: ResourceView): boolean {
  if (policy.at("enabled") !== undefined && policy.flag("enabled") !== true) return false;
  const [condition, ...others] = policy.list("conditions");
  if (condition === undefined || others.length > 0) return false;
  const isNegated = condition.text("configuration.is-negative-logic") === "true";
  return condition.text("name") === "any-client" && !isNegated;
}

function isUsedBy(policy: ResourceView): (profile: ResourceView) => boolean {
  return (profile) => policy.texts("profiles").includes(profile.text("name") ?? "");
}
