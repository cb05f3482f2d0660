import { CONTROL } from "../engine/frameworks.ts";
import { REGISTRATION_POLICY } from "../facts/identity/realm.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import { some } from "../engine/three-values.ts";

/** Scopes that let their bearer change a gateway or look into MCP traffic; stated here again on purpose: a rule does not take its word from what it judges. */
export const POWERFUL = ["gateway:admin", "mcp:debug"];

/** Where a scope becomes obtainable by a client that registers itself. */
const OFFERS: Readonly<Record<string, readonly string[]>> = {
  [TYPE.realm]: ["defaultDefaultClientScopes", "defaultOptionalClientScopes"],
  "keycloak:index/realmDefaultClientScopes:RealmDefaultClientScopes": ["defaultScopes"],
  "keycloak:index/realmOptionalClientScopes:RealmOptionalClientScopes": ["optionalScopes"],
  [REGISTRATION_POLICY]: ["config.allowed-client-scopes"],
};

export const powerfulScopesAreNotRegistrable = rule({
  premise: 4,
  id: "powerful-scopes-are-not-registrable",
  severity: "critical",
  description: "The scopes gateway:admin and mcp:debug cannot be had by registering a client.",
  remediation: "Take the scope out of the realm's default and optional scopes, and out of the allowed client scopes.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoPrivilegedAccess, CONTROL.pciLeastPrivilege],
  subjects: { types: Object.keys(OFFERS) },
  judge: POWERFUL.map(
    (scope) => (it) => (offers(it, scope) ? `"${it.name}" must not offer the scope ${scope}.` : undefined),
  ),
});

function offers(it: ResourceView, scope: string): boolean {
  return some(OFFERS[it.type] ?? [], (input) =>
    some(it.list(input), (offered) => (offered.text() ?? "").split(",").some((name) => name.trim() === scope)),
  );
}
