import { parsedJson } from "../../contracts/json.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { ofRealm } from "../facts/identity/realm.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, some } from "../engine/three-values.ts";
import type { Value } from "../engine/value.ts";

const PROFILE = "keycloak:index/realmClientPolicyProfile:RealmClientPolicyProfile";
const POLICY = "keycloak:index/realmClientPolicyProfilePolicy:RealmClientPolicyProfilePolicy";

/** Who changes a client without having signed in, in the words of Keycloak's condition client-updater-context. */
const STRANGERS = ["ByAnonymous", "ByRegistrationAccessToken"];

/** Addresses of a client that Keycloak itself sends requests to, in the words of its executor secure-client-uris-pattern. */
const FETCHED = [
  "adminUrl",
  "backchannelLogoutUrl",
  "cibaClientNotificationEndpoint",
  "jwksUri",
  "requestUris",
  "rootUrl",
  "saml.metadataDescriptorUrl",
  "sectorIdentifierUri",
];

/** Ways to prove who a client is for which nothing is fetched. */
const HARMLESS = ["client-secret"];

export const registeredClientsMakeTheRealmFetchNothing = rule({
  premise: 4,
  id: "registered-clients-make-the-realm-fetch-nothing",
  severity: "critical",
  description: "A client that registers itself names no address to which Keycloak would send a request.",
  remediation:
    "Add client profiles with the executors secure-client-uris-pattern and secure-client-authenticator, and an enabled client policy for ByAnonymous and ByRegistrationAccessToken that uses them.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAuthentication, CONTROL.pciAuthentication],
  subjects: { types: [TYPE.realm] },
  judge: [
    (realm, stack) =>
      isHeldFor(realm, stack, refusesAddresses)
        ? undefined
        : absent(`"${realm.name}" must refuse the addresses of clients that it would fetch: ${FETCHED.join(", ")}.`),
    (realm, stack) =>
      isHeldFor(realm, stack, refusesKeys)
        ? undefined
        : absent(`"${realm.name}" must accept no client authenticator but ${HARMLESS.join(", ")}.`),
  ],
});

/** Whether strangers meet a policy with a profile that has such an executor. */
function isHeldFor(realm: ResourceView, stack: StackIndex, holds: (executor: Value) => boolean): boolean {
  const profiles = ofRealm(realm, PROFILE, stack).filter((it) => some(it.list("executors"), holds));
  return some(
    ofRealm(realm, POLICY, stack),
    (policy) =>
      meetsStrangers(policy) && some(profiles, (it) => policy.texts("profiles").includes(it.text("name") ?? "")),
  );
}

function meetsStrangers(policy: ResourceView): boolean {
  if (policy.at("enabled") !== undefined && policy.flag("enabled") !== true) return false;
  const [condition, ...others] = policy.list("conditions");
  if (condition === undefined || others.length > 0) return false;
  const isNegative = condition.text("configuration.is-negative-logic") === "true";
  if (condition.text("name") === "any-client") return !isNegative;
  const sources = listed(condition, "update-client-source");
  return condition.text("name") === "client-updater-context" && !isNegative && hasAll(sources, STRANGERS);
}

/** The executor refuses every address in its fields when it has no pattern that could match. */
function refusesAddresses(executor: Value): boolean {
  if (executor.text("name") !== "secure-client-uris-pattern") return false;
  if (listed(executor, "allowed-patterns").length > 0) return false;
  return hasAll(listed(executor, "client-uri-fields"), FETCHED);
}

function refusesKeys(executor: Value): boolean {
  if (executor.text("name") !== "secure-client-authenticator") return false;
  const allowed = listed(executor, "allowed-client-authenticators");
  // Left out, it is one that needs keys (Keycloak, SecureClientAuthenticatorExecutorFactory).
  const usual = executor.text("configuration", "default-client-authenticator") ?? "";
  return allowed.length > 0 && hasAll(HARMLESS, [...allowed, usual]);
}

function hasAll(all: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((it) => all.includes(it));
}

/** A list in the configuration of an executor or a condition, which is JSON in a text. */
function listed(it: Value, key: string): readonly string[] {
  const value = it.text("configuration", key);
  if (value === undefined) return [];
  const parsed = parsedJson(value);
  return Array.isArray(parsed) ? parsed.filter((item) => typeof item === "string") : [];
}
