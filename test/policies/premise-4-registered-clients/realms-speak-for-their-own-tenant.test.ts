import * as keycloak from "@pulumi/keycloak";
import { realmsSpeakForTheirOwnTenant } from "../../../policies/premise-4-registered-clients/realms-speak-for-their-own-tenant.ts";
import { UNKNOWN } from "../../../plan/model.ts";
import { testRule } from "../../support/rule-tester.ts";
import { onKeycloak, planOf, TENANT, urnOf } from "../programs.ts";

const SCOPE = "keycloak:openid/clientScope:ClientScope";
const REALM = "keycloak:index/realm:Realm";

/** A realm whose scope puts the tenant into tokens. */
function realm({ name = TENANT, claim = TENANT, claimName = "tenant_id", of = "" } = {}): void {
  const opts = onKeycloak();
  const own = new keycloak.Realm("realm", { realm: name }, opts);
  const realmId = of === "" ? own.id : of;
  const clientScopeId = new keycloak.openid.ClientScope("scope", { realmId: own.id, name: "mcp:read" }, opts).id;
  new keycloak.openid.HardcodedClaimProtocolMapper(
    "claim",
    { realmId, clientScopeId, name: "tenant_id", claimName, claimValue: claim },
    opts,
  );
}

/** A scope whose realm is only known once that exists, and came from a realm of this name. */
function previewed(name: unknown, sources = [urnOf(REALM, "realm")]) {
  return planOf(
    { type: REALM, name: "realm", inputs: { realm: name } },
    { type: SCOPE, name: "scope", inputs: { realmId: UNKNOWN }, propertyDependencies: { realmId: sources } },
  );
}

testRule(realmsSpeakForTheirOwnTenant, {
  accepts: {
    "a realm of the tenant, with its own id in tokens": () => realm(),
    "another claim, which nobody takes for the tenant": () => realm({ claim: "gold", claimName: "plan" }),
    "a realm that is yet to be made": previewed(TENANT),
  },
  rejects: {
    "a realm in another's name": [
      () => realm({ name: "acme-corp", claim: TENANT }),
      '"realm" must be of the realm of tenant "xyz-gmbh".',
      '"scope" must be of the realm of tenant "xyz-gmbh".',
      '"claim" must be of the realm of tenant "xyz-gmbh".',
    ],
    "tokens that name another tenant": [
      () => realm({ claim: "acme-corp" }),
      '"claim" must put the tenant "xyz-gmbh" into tokens.',
    ],
    "a mapper in another tenant's realm": [
      planOf({ type: SCOPE, name: "scope", inputs: { realmId: "acme-corp" } }),
      '"scope" must be of the realm of tenant "xyz-gmbh".',
    ],
    "what is of no realm": [
      planOf({ type: SCOPE, name: "scope" }),
      '"scope" must be of the realm of tenant "xyz-gmbh".',
    ],
    "a realm that is yet to be made in another's name": [
      previewed("acme-corp"),
      '"realm" must be of the realm of tenant "xyz-gmbh".',
      '"scope" must be of the realm of tenant "xyz-gmbh".',
    ],
  },
  ignores: {
    "a region's stack": { ...planOf({ type: SCOPE, name: "scope" }), stack: "production.eu-west-1" },
  },
});
