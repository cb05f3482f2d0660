import * as keycloak from "@pulumi/keycloak";
import { anonymousRegistrationIsPoliced } from "../../../policies/premise-4-registered-clients/anonymous-registration-is-policed.ts";
import { testRule } from "../../support/rule-tester.ts";
import { onKeycloak, TENANT } from "../programs.ts";

const POLICIES: Readonly<Record<string, Record<string, string>>> = {
  "trusted-hosts": {
    "trusted-hosts": "localhost,ide.example.com",
    "client-uris-must-match": "true",
    "host-sending-registration-request-must-match": "false",
  },
  "allowed-client-templates": { "allowed-client-scopes": "mcp:read", "allow-default-scopes": "true" },
  "allowed-protocol-mappers": { "allowed-protocol-mapper-types": "oidc-audience-mapper" },
  "max-clients": { "max-clients": "200" },
  "consent-required": {},
  scope: {},
  "registration-web-origins": { "web-origins": "http://localhost:6274" },
};

/** Trusts no host at all, so that nobody registers without a token. */
const NOBODY = { "trusted-hosts": "", "host-sending-registration-request-must-match": "true" };

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
  accepts: {
    "a realm with each of the policies": () => realm({}),
    "a realm in which nobody registers": () =>
      realm({
        change: {
          ...Object.fromEntries(Object.keys(POLICIES).map((it) => [it, undefined])),
          "trusted-hosts": NOBODY,
        },
      }),
  },
  rejects: {
    "hosts that anyone may name": [() => realm({ change: { "trusted-hosts": undefined } }), message("trusted-hosts")],
    "every host": [() => realm({ change: { "trusted-hosts": { "trusted-hosts": "*" } } }), message("trusted-hosts")],
    "origins that are none": [
      () => realm({ change: { "registration-web-origins": { "web-origins": "http://localhost:6274x" } } }),
      message("registration-web-origins"),
    ],
    "a policy without hosts": [() => realm({ change: { "trusted-hosts": {} } }), message("trusted-hosts")],
    "hosts that redirects need not match": [
      () => realm({ change: { "trusted-hosts": { "trusted-hosts": "a.example", "client-uris-must-match": "false" } } }),
      message("trusted-hosts"),
    ],
    "hosts that a person's own machine would have to be one of": [
      () =>
        realm({
          change: {
            "trusted-hosts": { "trusted-hosts": "a.example", "host-sending-registration-request-must-match": "true" },
          },
        }),
      message("trusted-hosts"),
    ],
    "no default scope": [
      () => realm({ change: { "allowed-client-templates": { "allowed-client-scopes": "mcp:read" } } }),
      message("allowed-client-templates"),
    ],
    "any scope": [
      () => realm({ change: { "allowed-client-templates": undefined } }),
      message("allowed-client-templates"),
    ],
    "any mapper": [
      () => realm({ change: { "allowed-protocol-mappers": undefined } }),
      message("allowed-protocol-mappers"),
    ],
    "mappers that write what they like into tokens": [
      () =>
        realm({
          change: { "allowed-protocol-mappers": { "allowed-protocol-mapper-types": "oidc-hardcoded-claim-mapper" } },
        }),
      message("allowed-protocol-mappers"),
    ],
    "clients to which nobody consents": [
      () => realm({ change: { "consent-required": undefined } }),
      message("consent-required"),
    ],
    "clients with every role of their user": [() => realm({ change: { scope: undefined } }), message("scope")],
    "clients of any web page": [
      () => realm({ change: { "registration-web-origins": undefined } }),
      message("registration-web-origins"),
    ],
    "clients of every web page, by name": [
      () => realm({ change: { "registration-web-origins": { "web-origins": "http://localhost,*" } } }),
      message("registration-web-origins"),
    ],
    "clients without end": [() => realm({ change: { "max-clients": {} } }), message("max-clients")],
    "policies for those who are known already": [
      () => realm({ subType: "authenticated" }),
      message("trusted-hosts"),
      message("allowed-client-templates"),
      message("allowed-protocol-mappers"),
      message("max-clients"),
      message("consent-required"),
      message("scope"),
      message("registration-web-origins"),
    ],
  },
});
