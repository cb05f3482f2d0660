import { CONTROL } from "../engine/frameworks.ts";
import { ofRealm } from "../facts/realm.ts";
import { REGISTRATION_POLICY } from "../facts/realm.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule, type Fact } from "../engine/rule.ts";
import { absent, some } from "../engine/three-values.ts";

/** The policies that anonymous registration needs, and when the configuration of each is effective. */
const POLICIES: Readonly<Record<string, (config: ResourceView) => boolean>> = {
  "trusted-hosts": (it) => {
    const hosts = listed(it, "trusted-hosts");
    return hosts.length > 0 && !hosts.includes("*") && it.text("config.client-uris-must-match") !== "false";
  },
  "allowed-client-templates": () => true,
  "allowed-protocol-mappers": () => true,
  "max-clients": (it) => (it.number("config.max-clients") ?? 0) > 0,
};

export const anonymousRegistrationIsPoliced = rule({
  premise: 4,
  id: "anonymous-registration-is-policed",
  severity: "critical",
  description:
    "MCP clients may register themselves, but only from trusted hosts, with allowed scopes and mappers, and not without end.",
  remediation: "Add a RealmClientRegistrationPolicy of that provider with `subType` anonymous.",
  frameworks: [CONTROL.soc2Registration, CONTROL.isoIdentity, CONTROL.pciAuthentication],
  subjects: { types: [TYPE.realm] },
  judge: Object.entries(POLICIES).map(([provider, isEffective]): Fact => (realm, stack) => {
    const isPoliced = some(
      ofRealm(realm, REGISTRATION_POLICY, stack),
      (it) => it.text("providerId") === provider && it.text("subType") === "anonymous" && isEffective(it),
    );
    return isPoliced ? undefined : absent(`"${realm.name}" must police anonymous registration by ${provider}.`);
  }),
});

function listed(it: ResourceView, key: string): readonly string[] {
  return (it.text("config", key) ?? "")
    .split(",")
    .map((host) => host.trim())
    .filter((host) => host !== "");
}
