import * as aws from "@pulumi/aws";
import * as keycloak from "@pulumi/keycloak";
import * as pulumi from "@pulumi/pulumi";
import { TAG } from "../../../contracts/tags.ts";
import { oneIssuerPerTenant } from "../../../policies/premise-5-tenant-isolation/one-issuer-per-tenant.ts";
import { testRule } from "../../support/rule-tester.ts";
import { gatewayOf, onKeycloak, served, TENANT, tokens } from "../programs.ts";

/** A gateway that trusts a user pool with these tags. */
function trustingPool(tags: Record<string, string>, own: Record<string, string> = {}): void {
  const opts = served();
  const pool = new aws.cognito.UserPool("pool", { tags }, opts);
  const discoveryUrl = pulumi.interpolate`https://${pool.endpoint}/.well-known/openid-configuration`;
  gatewayOf("mcp", opts, { authorizerConfiguration: tokens({ discoveryUrl }), tags: own });
}

/** A gateway that trusts a realm of that name. */
function trustingRealm(realm: string): void {
  const { id } = new keycloak.Realm("realm", { realm }, onKeycloak());
  const discoveryUrl = pulumi.interpolate`https://identity.example.com/realms/${id}/.well-known/openid-configuration`;
  gatewayOf("mcp", served(), { authorizerConfiguration: tokens({ discoveryUrl }) });
}

const MESSAGE = '"mcp" must trust an issuer of its own stack.';

testRule(oneIssuerPerTenant, {
  accepts: {
    "the user pool of the same stack": () => trustingPool({}),
    "the tenant's own realm": () => trustingRealm(TENANT),
    "the tenant's own realm, by its URL": () => {
      new keycloak.Realm("realm", { realm: TENANT }, onKeycloak());
      gatewayOf("mcp", served());
    },
  },
  rejects: {
    "an issuer from elsewhere": [() => void gatewayOf("mcp", served()), MESSAGE],
    "a user pool that is another tenant's": [() => trustingPool({ [TAG.tenant]: "acme-corp" }), MESSAGE],
    "a realm that is another tenant's": [() => trustingRealm("acme-corp"), MESSAGE],
    "an issuer elsewhere, computed from its own pool": [
      () => {
        const opts = served();
        const pool = new aws.cognito.UserPool("pool", {}, opts);
        const discoveryUrl = pool.endpoint.apply(
          () => "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Elsewhere/.well-known/openid-configuration",
        );
        gatewayOf("mcp", opts, { authorizerConfiguration: tokens({ discoveryUrl }) });
      },
      MESSAGE,
    ],
    "its own pool, for a gateway that calls itself another tenant's": [
      () => trustingPool({ [TAG.tenant]: "acme-corp" }, { [TAG.tenant]: "acme-corp" }),
      MESSAGE,
    ],
    "no issuer": [() => void gatewayOf("mcp", served(), { authorizerConfiguration: {} }), MESSAGE],
  },
});
