import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { UnknownValue } from "../engine/three-values.ts";

const HARDCODED_CLAIM = "keycloak:openid/hardcodedClaimProtocolMapper:HardcodedClaimProtocolMapper";

/** These call their realm by another input than all others. */
const BY_REALM = [
  "keycloak:index/customIdentityProviderMapping:CustomIdentityProviderMapping",
  "keycloak:saml/identityProvider:IdentityProvider",
];

export const realmsSpeakForTheirOwnTenant = rule({
  premise: 4,
  id: "realms-speak-for-their-own-tenant",
  severity: "critical",
  description:
    "A tenant's stack configures its own realm only, whose tokens name that tenant: the realms of a region share one server.",
  remediation: "Name the realm, and the value of the claim `tenant_id`, after the tenant of the stack.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoIdentity, CONTROL.gdprByDesign],
  subjects: { types: ["keycloak:*"], where: (it, stack) => it.resource.custom && stack.tenant !== undefined },
  judge: [
    (it, stack) =>
      realmOf(it, stack) === stack.tenant
        ? undefined
        : `"${it.name}" must be of the realm of tenant "${stack.tenant ?? ""}".`,
    (it, stack) =>
      it.type !== HARDCODED_CLAIM || it.text("claimName") !== "tenant_id" || it.text("claimValue") === stack.tenant
        ? undefined
        : `"${it.name}" must put the tenant "${stack.tenant ?? ""}" into tokens.`,
  ],
});

/** The realm's name, which is its id: where that is not known yet, the name of the one realm of the stack that it comes from. */
function realmOf(it: ResourceView, stack: StackIndex): string | undefined {
  if (it.type === TYPE.realm) return it.text("realm");
  const input = BY_REALM.includes(it.type) ? "realm" : "realmId";
  try {
    return it.text(input);
  } catch (error) {
    if (!(error instanceof UnknownValue)) throw error;
    const [realm, ...others] = stack.linked(it, input).filter(({ type }) => type === TYPE.realm);
    if (realm === undefined || others.length > 0) throw error;
    return realm.text("realm");
  }
}
