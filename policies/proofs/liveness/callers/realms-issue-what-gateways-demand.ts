import { STAFF_GROUPS, type StaffGroup } from "../../../../environments/callers/roles.ts";
import { CONTROL } from "../../../engine/frameworks.ts";
import { outputOf } from "../../../engine/output.ts";
import type { Placed } from "../../../engine/platform.ts";
import { proof } from "../../../engine/proof.ts";
import type { ResourceView } from "../../../engine/resource-view.ts";
import type { Value } from "../../../engine/value.ts";
import { AUTHORIZER, issuerOf } from "../../../facts/identity/issuers.ts";
import { TYPE } from "../../../facts/resource-types.ts";
import { cutUnless, type HopChecks, walk } from "../checks/walk.ts";

const SCOPE = "keycloak:openid/clientScope:ClientScope";
const OFFERS = {
  optionalScopes: "keycloak:index/realmOptionalClientScopes:RealmOptionalClientScopes",
  defaultScopes: "keycloak:index/realmDefaultClientScopes:RealmDefaultClientScopes",
} as const;
const AUDIENCE = "keycloak:openid/audienceProtocolMapper:AudienceProtocolMapper";
const GRANT = "keycloak:index/genericRoleMapper:GenericRoleMapper";
const GROUP_ROLES = "keycloak:index/groupRoles:GroupRoles";
const ROLE = "keycloak:index/role:Role";
const GROUP = "keycloak:index/group:Group";
const CLAIM = "keycloak:openid/hardcodedClaimProtocolMapper:HardcodedClaimProtocolMapper";

/** Keycloak writes into a token what the mappers of its scopes say, and offers clients the scopes of the realm's lists (Keycloak, "client scopes"). */
export const realmsIssueWhatGatewaysDemand = proof({
  premise: 4,
  id: "realms-issue-what-gateways-demand",
  severity: "high",
  description:
    "A registered client can get a token with the scope, the audience and the claims that a gateway demands.",
  remediation: "Offer the gateway's scopes in the realm, each with a mapper of the audience and one of every claim.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration],
  prove: (platform, record) => {
    for (const gateway of platform.ofType(TYPE.gateway))
      record.guarded(gateway, () => {
        const realm = issuerOf(gateway.resource, gateway.stack);
        if (realm?.type !== TYPE.realm) return;
        for (const scope of gateway.resource.texts(`${AUTHORIZER}.allowedScopes`))
          walk(record, "realms-issue-what-gateways-demand", gateway, checksOf(gateway, realm, scope));
      });
  },
});

function checksOf(gateway: Placed, realm: ResourceView, name: string): HopChecks<"realms-issue-what-gateways-demand"> {
  const { stack, resource } = gateway;
  const at = { resource: realm, stack };
  const id = realm.text("realm");
  const ofRealm = (type: string): readonly ResourceView[] =>
    stack.ofType(type).filter((it) => it.text("realmId") === id);
  const scope = () => ofRealm(SCOPE).find((it) => it.text("name") === name);
  const mappers = (type: string): readonly ResourceView[] => {
    const declared = scope();
    if (declared === undefined) return [];
    const scopeId = outputOf(declared, "id");
    return ofRealm(type).filter((it) => it.text("clientScopeId") === scopeId && it.flag("addToAccessToken") !== false);
  };
  const must = (holds: boolean, what: string) => cutUnless(holds, at, `"${realm.name}" must ${what}.`);
  return {
    scope: () => must(scope() !== undefined && isOffered(name, ofRealm), `offer the scope ${name}`),
    audience: () => {
      const demanded = resource.texts(`${AUTHORIZER}.allowedAudiences`);
      const given = mappers(AUDIENCE).map((it) => it.text("includedCustomAudience") ?? "");
      const holds = demanded.length === 0 || given.some((it) => demanded.includes(it));
      return must(holds, `write the audience of "${resource.name}" into tokens with ${name}`);
    },
    claims: () => {
      const missing = resource
        .list(`${AUTHORIZER}.customClaims`)
        .find((it) => !mappers(CLAIM).some((one) => writes(one, it)));
      const claim = `the claim ${missing?.text("inboundTokenClaimName") ?? ""} that "${resource.name}" demands`;
      return must(missing === undefined, `write ${claim} into tokens with ${name}`);
    },
    people: () => {
      const lost = lostGroup(name, scope(), ofRealm);
      const whom = lost === undefined ? "" : `, such as ${lost}`;
      const isRight = lost === undefined && areHeld(scope(), ofRealm);
      return must(isRight, `have a group with each role that may have ${name}${whom}`);
    },
  };
}

function isOffered(name: string, ofRealm: (type: string) => readonly ResourceView[]): boolean {
  return Object.entries(OFFERS).some(([key, type]) => ofRealm(type).some((it) => it.texts(key).includes(name)));
}

/** The name of the first group of people who should have a scope, and do not. */
function lostGroup(
  name: string,
  scope: ResourceView | undefined,
  ofRealm: (type: string) => readonly ResourceView[],
): string | undefined {
  const entitled = STAFF_GROUPS.filter((it) => it.scopes.some((one) => one === name));
  return entitled.find((it) => !isGiven(it, scope, ofRealm))?.name;
}

/** Whether a scope is mapped to the role of a group of people, and the group has it. */
function isGiven(
  group: StaffGroup,
  scope: ResourceView | undefined,
  ofRealm: (type: string) => readonly ResourceView[],
): boolean {
  const named = (type: string, name: string): string | undefined => {
    const found = ofRealm(type).find((it) => it.text("name") === name);
    return found && outputOf(found, "id");
  };
  const [roleId, groupId] = [named(ROLE, group.role), named(GROUP, group.name)];
  const scopeId = scope && outputOf(scope, "id");
  const isMapped = ofRealm(GRANT).some(
    (it) => it.text("clientScopeId") === scopeId && roleId !== undefined && it.text("roleId") === roleId,
  );
  const has = (it: ResourceView): boolean =>
    groupId !== undefined && it.text("groupId") === groupId && it.texts("roleIds").includes(roleId ?? "");
  return isMapped && ofRealm(GROUP_ROLES).some(has);
}

/** Whether each role to which a scope is mapped is a group's. */
function areHeld(scope: ResourceView | undefined, ofRealm: (type: string) => readonly ResourceView[]): boolean {
  const scopeId = scope && outputOf(scope, "id");
  const grants = ofRealm(GRANT).filter((it) => it.text("clientScopeId") === scopeId);
  const held = ofRealm(GROUP_ROLES).flatMap((it) => it.texts("roleIds"));
  return grants.every((it) => held.includes(it.text("roleId") ?? ""));
}

/** Whether a mapper writes the claim that a gateway demands, with its value. */
function writes(mapper: ResourceView, claim: Value): boolean {
  return (
    mapper.text("claimName") === claim.text("inboundTokenClaimName") &&
    mapper.text("claimValue") === claim.text("authorizingClaimMatchValue.claimMatchValue.matchValueString")
  );
}
