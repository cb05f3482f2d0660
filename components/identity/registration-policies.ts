import * as keycloak from "@pulumi/keycloak";
import type * as pulumi from "@pulumi/pulumi";

/** The realm in which clients register themselves, and the scopes they may ask for. */
export interface RegistrationPoliciesArgs {
  readonly realmId: pulumi.Input<string>;
  readonly scopes: readonly string[];
}

/** What a client that registers itself (RFC 7591) without a token may be: a tool on its user's own machine. All policies must agree. */
export function registrationPolicies(
  name: string,
  { realmId, scopes }: RegistrationPoliciesArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  for (const [providerId, config] of Object.entries(limits(scopes))) {
    new keycloak.RealmClientRegistrationPolicy(
      `${name}-${providerId}`,
      { realmId, name: providerId, providerId, subType: "anonymous", config },
      opts,
    );
  }
}

/** By policy provider; lists are comma-joined, as the Keycloak provider wants them. */
function limits(scopes: readonly string[]): Readonly<Record<string, Record<string, string>>> {
  return {
    "trusted-hosts": {
      // Laptops have no names to trust; what is bound is where the authorization code goes: back to the same machine.
      "host-sending-registration-request-must-match": "false",
      "client-uris-must-match": "true",
      // The last two are where tools say that they come from (`client_uri`); client policies keep codes from going there.
      "trusted-hosts": "127.0.0.1,localhost,vscode.dev,insiders.vscode.dev,code.visualstudio.com,github.com",
    },
    // Keycloak has these two by itself; they are too important to be left to that.
    "consent-required": {},
    scope: {},
    "allowed-client-templates": { "allowed-client-scopes": scopes.join(), "allow-default-scopes": "true" },
    "allowed-protocol-mappers": { "allowed-protocol-mapper-types": "oidc-sub-mapper" },
    "max-clients": { "max-clients": "200" },
    "registration-web-origins": { "web-origins": "http://127.0.0.1:6274,http://localhost:6274" },
  };
}
