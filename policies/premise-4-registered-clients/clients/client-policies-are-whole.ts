import { parsedJson } from "../../../contracts/json.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { absent, every, some } from "../../engine/three-values.ts";
import type { Value } from "../../engine/value.ts";
import { ofRealm } from "../../facts/identity/realm.ts";
import { TYPE } from "../../facts/resource-types.ts";

const PROFILE = "keycloak:index/realmClientPolicyProfile:RealmClientPolicyProfile";
const POLICY = "keycloak:index/realmClientPolicyProfilePolicy:RealmClientPolicyProfilePolicy";

/** Ways to a token in which no person signs in, as RFC 6749, 7523, 8628, 8693 and OpenID CIBA name them. */
const WITHOUT_A_PERSON = [
  "client_credentials",
  "urn:ietf:params:oauth:grant-type:device_code",
  "urn:ietf:params:oauth:grant-type:jwt-bearer",
  "urn:ietf:params:oauth:grant-type:token-exchange",
  "urn:ietf:params:oauth:grant-type:uma-ticket",
  "urn:openid:params:grant-type:ciba",
];
const STRANGERS = ["ByAnonymous", "ByRegistrationAccessToken"];

/** Addresses to which no code may go: other hosts, and what looks like the user's own machine. */
const FOREIGN = [
  "https://evil.example/callback",
  "http://evil.example/",
  "http://localhost.evil.example/callback",
  "http://127.0.0.1.evil.example/",
  "http://localhost@evil.example/",
  "http://evil.example/?http://localhost/",
  "http://evil.example/#http://127.0.0.1/",
  "https://vscode.dev.evil.example/redirect",
  "https://evil.example/vscode.dev/redirect",
  "file://localhost/etc/passwd",
  "javascript:alert(1)//localhost",
  "custom-scheme:/callback",
];

type Test = (it: Value) => boolean;

/** What a realm must hold clients to: for whom, and by which executor of Keycloak with which configuration. */
const DEMANDS: readonly (readonly [what: string, isFor: Test, holds: Test])[] = [
  ["refuse the implicit flow", isForAll, (it) => is(it, "reject-implicit-grant") && isTrue(it, "auto-configure")],
  ["refuse passwords from clients", isForAll, (it) => is(it, "reject-ropc-grant") && isTrue(it, "auto-configure")],
  ["refuse tokens without a person", isForGrants, (it) => is(it, "reject-request")],
  ["send codes to the user's own machine or to named hosts", isForStrangers, sendsToNamedHosts],
  [
    "match the redirect URIs of clients with patterns",
    isForStrangers,
    (it) =>
      is(it, "secure-client-uris-pattern") &&
      listed(it, "client-uri-fields").includes("redirectUris") &&
      listed(it, "allowed-patterns").length > 0 &&
      !listed(it, "allowed-patterns").some(takesForeign),
  ],
  [
    "let no client be called when its user signs out",
    isForStrangers,
    (it) => is(it, "secure-logout") && it.text("configuration.allow-front-channel-logout") === "false",
  ],
];

export const clientPoliciesAreWhole = rule({
  premise: 4,
  id: "client-policies-are-whole",
  severity: "critical",
  description:
    "A realm holds every client, and those that register themselves, to each of its client policies: none is switched off, empty or misspelt.",
  remediation: "Add the executor to a client profile, and an enabled client policy with that condition that uses it.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAuthentication, CONTROL.pciAuthentication],
  subjects: { types: [TYPE.realm] },
  judge: [
    ...DEMANDS.map(
      ([what, isFor, holds]) =>
        (realm: ResourceView, stack: StackIndex) =>
          isHeld(realm, stack, isFor, holds) ? undefined : absent(`"${realm.name}" must ${what}.`),
    ),
    (realm, stack) =>
      every(ofRealm(realm, PROFILE, stack), (it) => every(it.list("executors"), isWritten))
        ? undefined
        : `"${realm.name}" must configure its client profiles in words that Keycloak knows.`,
  ],
});

function isHeld(realm: ResourceView, stack: StackIndex, isFor: Test, holds: Test): boolean {
  const profiles = ofRealm(realm, PROFILE, stack).filter((it) => some(it.list("executors"), holds));
  return some(ofRealm(realm, POLICY, stack), (policy) => {
    const [condition, ...others] = policy.list("conditions");
    if (policy.flag("enabled") === false || condition === undefined || others.length > 0 || !isFor(condition))
      return false;
    return some(profiles, (it) => policy.texts("profiles").includes(it.text("name") ?? ""));
  });
}

function isForAll(it: Value): boolean {
  return is(it, "any-client") && ["false", undefined].includes(it.text("configuration.is-negative-logic"));
}

function isForStrangers(it: Value): boolean {
  const sources = listed(it, "update-client-source");
  return isForAll(it) || (is(it, "client-updater-context") && STRANGERS.every((one) => sources.includes(one)));
}

function isForGrants(it: Value): boolean {
  const grants = listed(it, "grant_types");
  return is(it, "grant-type") && WITHOUT_A_PERSON.every((one) => grants.includes(one));
}

/** Whether a pattern, which Keycloak asks to fit the whole of an address, takes one of somebody else's. */
function takesForeign(pattern: string): boolean {
  try {
    const whole = new RegExp(`^(?:${pattern})$`);
    return FOREIGN.some((it) => whole.test(it));
  } catch {
    return true;
  }
}

function sendsToNamedHosts(it: Value): boolean {
  const hosts = listed(it, "allow-permitted-domains");
  const isOnMachine = isTrue(it, "allow-http-scheme") && isTrue(it, "allow-ipv4-loopback-address");
  return (
    is(it, "secure-redirect-uris-enforcer") &&
    isOnMachine &&
    hosts.length > 0 &&
    !hosts.some((one) => /^\W*\*?$/.test(one))
  );
}

/** Whether each value of an executor's configuration is a switch, a list, or the name of a way to prove who a client is. */
function isWritten(executor: Value): boolean {
  return every(executor.entries("configuration"), ([key, value]) => {
    const text = value.text() ?? "";
    return (
      ["true", "false", "client-secret"].includes(text) || (text.startsWith("[") && listed(executor, key).length > 0)
    );
  });
}

function is(it: Value, name: string): boolean {
  return it.text("name") === name;
}

function isTrue(it: Value, key: string): boolean {
  return it.text("configuration", key) === "true";
}

/** A list in the configuration, which is JSON in a text; empty for a text that is none. */
function listed(it: Value, key: string): readonly string[] {
  const value = parsedJson(it.text("configuration", key) ?? "[]");
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
