import * as aws from "@pulumi/aws";
import * as keycloak from "@pulumi/keycloak";
import * as pulumi from "@pulumi/pulumi";
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

/** A gateway for clients of the stack's user pool. */
function machines(tags: Record<string, string>, allowedClients: readonly string[] = ["agent"]): void {
  const opts = served();
  const pool = new aws.cognito.UserPool("pool", {}, opts);
  const discoveryUrl = pulumi.interpolate`https://${pool.endpoint}/.well-known/openid-configuration`;
  const args = { discoveryUrl, allowedAudiences: [], allowedClients: [...allowedClients] };
  gatewayOf("mcp", opts, { authorizerConfiguration: tokens(args), tags });
}

testRule(internalGatewaysTrustTheRealm, {
  accepts: { "the realm of the same stack": () => internal() },
  rejects: {
    "a user pool, by a gateway that does not say its scenario": [
      () => machines({}),
      '"mcp" must have a Keycloak realm in its own stack.',
      '"mcp" must accept only tokens whose audience is named.',
    ],
    "a user pool elsewhere, by a gateway for partners": [
      () =>
        internal({
          change: {
            discoveryUrl:
              "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Elsewhere/.well-known/openid-configuration",
          },
          scenario: "b2b",
        }),
      '"mcp" must trust the Keycloak realm of its own stack.',
    ],
    "every client of a user pool, by a gateway for partners": [
      () => machines({ [TAG.scenario]: "b2b" }, []),
      '"mcp" must have a Keycloak realm in its own stack.',
      '"mcp" must accept only tokens whose audience is named.',
    ],
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
  ignores: { "a gateway for partners": () => machines({ [TAG.scenario]: "b2b" }) },
});
