import { CONTROL } from "../engine/frameworks.ts";
import { ofRealm } from "../facts/identity/realm.ts";
import { REGISTRATION_POLICY } from "../facts/identity/realm.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule, type Fact } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, some } from "../engine/three-values.ts";

/** The policies that anonymous registration needs, and when the configuration of each is effective. */
const POLICIES: Readonly<Record<string, (config: ResourceView) => boolean>> = {
  "trusted-hosts": (it) => {
    const hosts = listed(it, "trusted-hosts");
    const isMatched = ["true", undefined].includes(it.text("config.client-uris-must-match"));
    // A person's own machine has no name by which Keycloak could find its address.
    const isOpen = it.text("config.host-sending-registration-request-must-match") === "false";
    return hosts.length > 0 && !hosts.includes("*") && isMatched && isOpen;
  },
  "allowed-client-templates": (it) =>
    it.text("config.allow-default-scopes") === "true" && listed(it, "allowed-client-scopes").length > 0,
  // A mapper with a fixed value, or a script, would let a client write its own claims.
  "allowed-protocol-mappers": (it) =>
    listed(it, "allowed-protocol-mapper-types").every(
      (type) => type.endsWith("-mapper") && !/hardcoded|script/.test(type),
    ),
  "max-clients": (it) => (it.number("config.max-clients") ?? 0) > 0,
  "consent-required": () => true,
  scope: () => true,
  "registration-web-origins": (it) => {
    const origins = listed(it, "web-origins");
    return origins.length > 0 && origins.every((origin) => !/[*+]/.test(origin) && isOrigin(origin));
  },
};

export const anonymousRegistrationIsPoliced = rule({
  premise: 4,
  id: "anonymous-registration-is-policed",
  severity: "critical",
  description:
    "MCP clients may register themselves, but only for trusted hosts and origins, with allowed scopes and mappers, with their user's consent, and not without end.",
  remediation: "Add a RealmClientRegistrationPolicy of that provider with `subType` anonymous.",
  frameworks: [CONTROL.soc2Registration, CONTROL.isoIdentity, CONTROL.pciAuthentication],
  subjects: { types: [TYPE.realm] },
  judge: Object.entries(POLICIES).map(([provider, isEffective]): Fact => (realm, stack) => {
    const policies = anonymousPolicies(realm, stack);
    const isPoliced = some(policies, (it) => (it.text("providerId") === provider && isEffective(it)) || refusesAll(it));
    return isPoliced ? undefined : absent(`"${realm.name}" must police anonymous registration by ${provider}.`);
  }),
});

function anonymousPolicies(realm: ResourceView, stack: StackIndex): readonly ResourceView[] {
  return ofRealm(realm, REGISTRATION_POLICY, stack).filter((it) => it.text("subType") === "anonymous");
}

/** Whether nobody can register: requests must come from a trusted host, and there is none. All policies must agree, so one is enough. */
function refusesAll(it: ResourceView): boolean {
  const mustMatch = it.text("config.host-sending-registration-request-must-match") === "true";
  return it.text("providerId") === "trusted-hosts" && mustMatch && listed(it, "trusted-hosts").length === 0;
}

/** Whether a text is scheme, host and port, as browsers send them. */
function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

function listed(it: ResourceView, key: string): readonly string[] {
  return (it.text("config", key) ?? "")
    .split(",")
    .map((host) => host.trim())
    .filter((host) => host !== "");
}
