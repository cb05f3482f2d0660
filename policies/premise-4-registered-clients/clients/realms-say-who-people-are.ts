import { PERSON_CLAIMS } from "../../../contracts/identity/permissions.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { absent, some } from "../../engine/three-values.ts";
import { namersOf } from "../../facts/reference.ts";

const SCOPE = "keycloak:openid/clientScope:ClientScope";
const AUDIENCE = "keycloak:openid/audienceProtocolMapper:AudienceProtocolMapper";
const GRANT = "keycloak:index/genericRoleMapper:GenericRoleMapper";

/** What must write each claim: roles are the realm's own, whatever else an account says of a person. */
const CLAIMS = [
  [PERSON_CLAIMS.roles, "keycloak:openid/userRealmRoleProtocolMapper:UserRealmRoleProtocolMapper"],
  [PERSON_CLAIMS.department, "keycloak:openid/userAttributeProtocolMapper:UserAttributeProtocolMapper"],
] as const;

export const realmsSayWhoPeopleAre = rule({
  premise: 4,
  id: "realms-say-who-people-are",
  severity: "high",
  description:
    "A scope that is good at a gateway is granted to roles alone, and a token with it says the person's roles and department.",
  remediation: "Map the scope to the roles that may have it, and give it the mappers of the person's claims.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoIdentity, CONTROL.isoAuthentication],
  subjects: { types: [SCOPE], where: (it, stack) => ofScope(it, AUDIENCE, stack).length > 0 },
  judge: [
    (scope, stack) =>
      ofScope(scope, GRANT, stack).length > 0 ? undefined : absent(`"${scope.name}" must be granted to roles alone.`),
    ...CLAIMS.map(
      ([claim, type]) =>
        (scope: ResourceView, stack: StackIndex) =>
          some(ofScope(scope, type, stack), (it) => it.text("claimName") === claim)
            ? undefined
            : absent(`"${scope.name}" must write ${claim} into tokens.`),
    ),
  ],
});

function ofScope(scope: ResourceView, type: string, stack: StackIndex): readonly ResourceView[] {
  return namersOf(scope, { types: [type], input: "clientScopeId" }, ["id"], stack);
}
