import * as keycloak from "@pulumi/keycloak";
import { anonymousRegistrationIsPoliced } from "../../../policies/premise-4-registered-clients/anonymous-registration-is-policed.ts";
import { testRule } from "../../support/rule-tester.ts";
import { onKeycloak, TENANT } from "../programs.ts";

const POLICIES: Readonly<Record<string, Record<string, string>>> = {
  "trusted-hosts": { "trusted-hosts": "localhost,ide.example.com", "client-uris-must-match": "true" },
  "allowed-client-templates": { "allowed-client-scopes": "mcp:read" },
  "allowed-protocol-mappers": { "allowed-protocol-mapper-types": "oidc-audience-mapper" },
  "max-clients": { "max-clients": "200" },
};

function realm({
  change = {},
  subType = "anonymous",
}: {
  change?: Record<string, Record<string, string> | undefined>;
  subType?: string;
}): void {
  const opts = onKeycloak();
  const realmId = new keycloak.Realm("realm", { realm: TENANT }, opts).id;
  for (const [providerId, config] of Object.entries({ ...POLICIES, ...change })) {
    if (config === undefined) continue;
    new keycloak.RealmClientRegistrationPolicy(
      providerId,
      { realmId, name: providerId, providerId, subType, config },
      opts,
    );
  }
}

const message = (provider: string): string => `"realm" must police anonymous registration by ${provider}.`;

testRule(anonymousRegistrationIsPoliced, {
  accepts: { "a realm with each of the policies": () => realm({}) },
  rejects: {
    "hosts that anyone may name": [() => realm({ change: { "trusted-hosts": undefined } }), message("trusted-hosts")],
    "every host": [() => realm({ change: { "trusted-hosts": { "trusted-hosts": "*" } } }), message("trusted-hosts")],
    "a policy without hosts": [() => realm({ change: { "trusted-hosts": {} } }), message("trusted-hosts")],
    "hosts that redirects need not match": [
      () => realm({ change: { "trusted-hosts": { "trusted-hosts": "a.example", "client-uris-must-match": "false" } } }),
      message("trusted-hosts"),
    ],
    "any scope": [
      () => realm({ change: { "allowed-client-templates": undefined } }),
      message("allowed-client-templates"),
    ],
    "any mapper": [
      () => realm({ change: { "allowed-protocol-mappers": undefined } }),
      message("allowed-protocol-mappers"),
    ],
    "clients without end": [() => realm({ change: { "max-clients": {} } }), message("max-clients")],
    "policies for those who are known already": [
      () => realm({ subType: "authenticated" }),
      message("trusted-hosts"),
      message("allowed-client-templates"),
      message("allowed-protocol-mappers"),
      message("max-clients"),
    ],
  },
});
