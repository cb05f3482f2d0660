import * as keycloak from "@pulumi/keycloak";
import { realmsNameTheirScopes } from "../../../../policies/premise-4-registered-clients/clients/realms-name-their-scopes.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { onKeycloak, TENANT } from "../../programs.ts";

interface Choice {
  readonly defaults?: readonly string[];
  readonly optional?: readonly string[];
  readonly registrable?: string;
  readonly listeners?: readonly string[];
}

function realm({
  defaults = ["basic", "acr"],
  optional = ["mcp:read", "offline_access"],
  registrable = "openid,mcp:read",
  listeners = ["jboss-logging"],
}: Choice): void {
  const opts = onKeycloak();
  const realmId = new keycloak.Realm("realm", { realm: TENANT }, opts).id;
  new keycloak.openid.ClientScope("reads", { realmId, name: "mcp:read" }, opts);
  new keycloak.RealmDefaultClientScopes("realm", { realmId, defaultScopes: [...defaults] }, opts);
  new keycloak.RealmOptionalClientScopes("realm", { realmId, optionalScopes: [...optional] }, opts);
  new keycloak.RealmEvents("realm", { realmId, eventsListeners: [...listeners] }, opts);
  const config = { "allowed-client-scopes": registrable };
  const provider = { name: "scopes", providerId: "allowed-client-templates", subType: "anonymous" };
  new keycloak.RealmClientRegistrationPolicy("scopes", { realmId, ...provider, config }, opts);
}

const UNKNOWN_SCOPE = '"realm" must give clients scopes that exist.';

testRule(realmsNameTheirScopes, {
  accepts: {
    "scopes of Keycloak and of the realm": () => realm({}),
    "one more scope of Keycloak": () => realm({ defaults: ["basic", "profile"] }),
  },
  rejects: {
    "no subject in tokens": [() => realm({ defaults: ["acr"] }), '"realm" must give every client the scope basic.'],
    "a default scope that nobody declares": [() => realm({ defaults: ["basic", "acrs"] }), UNKNOWN_SCOPE],
    "every optional scope": [() => realm({ optional: ["*"] }), UNKNOWN_SCOPE],
    "registration with a scope that nobody declares": [() => realm({ registrable: "openid,mcp:reads" }), UNKNOWN_SCOPE],
    "no listener": [() => realm({ listeners: [] }), '"realm" must record what happens in it, by jboss-logging.'],
  },
});
