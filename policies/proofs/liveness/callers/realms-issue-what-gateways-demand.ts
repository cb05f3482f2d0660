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
    scope: () => {
      const offers = Object.entries(OFFERS).some(([key, type]) =>
        ofRealm(type).some((it) => it.texts(key).includes(name)),
      );
      return must(scope() !== undefined && offers, `offer the scope ${name}`);
    },
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
      const claim = missing?.text("inboundTokenClaimName") ?? "";
      return must(
        missing === undefined,
        `write the claim ${claim} that "${resource.name}" demands into tokens with ${name}`,
      );
    },
    people: () => must(areHeld(scope(), ofRealm), `have a group with each role that may have ${name}`),
  };
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
