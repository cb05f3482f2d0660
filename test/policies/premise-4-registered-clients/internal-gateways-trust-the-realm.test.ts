import * as keycloak from "@pulumi/keycloak";
import { TAG } from "../../../contracts/tags.ts";
import { internalGatewaysTrustTheRealm } from "../../../policies/premise-4-registered-clients/internal-gateways-trust-the-realm.ts";
import { testRule } from "../../support/rule-tester.ts";
import { gatewayOf, onKeycloak, served, TENANT, tokens } from "../programs.ts";

function internal({
  realm = TENANT,
  change = {},
  scenario = "internal",
}: { realm?: string; change?: Parameters<typeof tokens>[0]; scenario?: string } = {}): void {
  if (realm !== "") new keycloak.Realm("realm", { realm }, onKeycloak());
  gatewayOf("mcp", served(), { authorizerConfiguration: tokens(change), tags: { [TAG.scenario]: scenario } });
}

testRule(internalGatewaysTrustTheRealm, {
  accepts: { "the realm of the same stack": () => internal() },
  rejects: {
    "another realm": [() => internal({ realm: "other" }), '"mcp" must trust the Keycloak realm of its own stack.'],
    "a realm that is not there": [() => internal({ realm: "" }), '"mcp" must have a Keycloak realm in its own stack.'],
    "a realm of the same name elsewhere": [
      () =>
        internal({
          change: { discoveryUrl: `https://evil.example.com/realms/${TENANT}/.well-known/openid-configuration` },
        }),
      '"mcp" must trust the Keycloak realm of its own stack.',
    ],
    "tokens for anyone": [
      () => internal({ change: { allowedAudiences: [] } }),
      '"mcp" must accept only tokens whose audience is named.',
    ],
  },
  ignores: { "a gateway for partners": () => internal({ scenario: "b2b" }) },
});
