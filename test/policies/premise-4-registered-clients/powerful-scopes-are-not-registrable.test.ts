import * as keycloak from "@pulumi/keycloak";
import { powerfulScopesAreNotRegistrable } from "../../../policies/premise-4-registered-clients/powerful-scopes-are-not-registrable.ts";
import { testRule } from "../../support/rule-tester.ts";
import { onKeycloak, TENANT } from "../programs.ts";

function realm({
  optional = "mcp:read",
  standard = "profile",
  allowed = "mcp:read,mcp:write",
  inherited = "email",
} = {}): void {
  const opts = onKeycloak();
  const args = { realm: TENANT, defaultOptionalClientScopes: [inherited] };
  const realmId = new keycloak.Realm("realm", args, opts).id;
  new keycloak.RealmOptionalClientScopes("optional", { realmId, optionalScopes: [optional] }, opts);
  new keycloak.RealmDefaultClientScopes("standard", { realmId, defaultScopes: [standard] }, opts);
  const policy = { realmId, name: "scopes", providerId: "allowed-client-templates", subType: "anonymous" };
  const config = { "allowed-client-scopes": allowed };
  new keycloak.RealmClientRegistrationPolicy("scopes", { ...policy, config }, opts);
}

testRule(powerfulScopesAreNotRegistrable, {
  accepts: { "scopes to read and write": () => realm() },
  rejects: {
    "an optional scope to administer": [
      () => realm({ optional: "gateway:admin" }),
      '"optional" must not offer the scope gateway:admin.',
    ],
    "a default scope to debug": [
      () => realm({ standard: "mcp:debug" }),
      '"standard" must not offer the scope mcp:debug.',
    ],
    "registration with a scope to debug": [
      () => realm({ allowed: "mcp:read, mcp:debug" }),
      '"scopes" must not offer the scope mcp:debug.',
    ],
    "a realm that gives the scope to new clients": [
      () => realm({ inherited: "gateway:admin" }),
      '"realm" must not offer the scope gateway:admin.',
    ],
  },
});
