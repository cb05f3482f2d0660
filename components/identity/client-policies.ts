import * as keycloak from "@pulumi/keycloak";
import type * as pulumi from "@pulumi/pulumi";

interface ClientPolicy {
  readonly name: string;
  readonly description: string;
  readonly executors: { readonly name: string; readonly configuration?: Record<string, string> }[];
  readonly condition: { readonly name: string; readonly configuration: Record<string, string> };
}

const automatic = { "auto-configure": "true" };

/** Where codes may go, as regular expressions: back to the user's own machine, or to the page that hands them to VS Code there. */
const REDIRECT_HOSTS = ["127\\.0\\.0\\.1", "localhost", "vscode\\.dev", "insiders\\.vscode\\.dev"];

/** The same as addresses, which have no user, no wildcard and no scheme but http on this machine: a host alone lets `file://localhost/` in. */
const REDIRECTS = [
  "http://(127\\.0\\.0\\.1|localhost)(:[0-9]{1,5})?(/[^*#]*)?",
  "https://(insiders\\.)?vscode\\.dev/redirect",
];

/** Addresses of a client which the server itself asks, or shows to people as the client's own, in Keycloak's words. */
const FETCHED = [
  "adminUrl",
  "backchannelLogoutUrl",
  "cibaClientNotificationEndpoint",
  "jwksUri",
  "logoUri",
  "policyUri",
  "requestUris",
  "rootUrl",
  "saml.metadataDescriptorUrl",
  "sectorIdentifierUri",
  "tosUri",
];

/** Clients that register themselves, and change what they have registered. */
const SELF_REGISTERED = {
  name: "client-updater-context",
  configuration: { "update-client-source": JSON.stringify(["ByAnonymous", "ByRegistrationAccessToken"]) },
};

/** Every way to a token on which nobody signs in here: anybody may register a client, so there must be a person behind each. */
const FORBIDDEN_GRANTS = [
  "client_credentials",
  "urn:ietf:params:oauth:grant-type:device_code",
  "urn:ietf:params:oauth:grant-type:jwt-bearer",
  "urn:ietf:params:oauth:grant-type:token-exchange",
  "urn:ietf:params:oauth:grant-type:uma-ticket",
  "urn:openid:params:grant-type:ciba",
];

/** What every client must do, and what clients that register themselves must be; lists are JSON, as the Keycloak provider wants them. */
const POLICIES: readonly ClientPolicy[] = [
  {
    name: "code-with-s256",
    description: "Authorization code with PKCE S256, and no other flow of a user",
    executors: [
      { name: "pkce-enforcer", configuration: automatic },
      { name: "reject-implicit-grant", configuration: automatic },
      { name: "reject-ropc-grant", configuration: automatic },
    ],
    condition: { name: "any-client", configuration: { "is-negative-logic": "false" } },
  },
  {
    name: "people-only",
    description: "No token without a person who signs in",
    executors: [{ name: "reject-request" }],
    condition: { name: "grant-type", configuration: { grant_types: JSON.stringify(FORBIDDEN_GRANTS) } },
  },
  {
    name: "codes-stay-here",
    description: "Codes go to the user's own machine",
    executors: [
      {
        name: "secure-redirect-uris-enforcer",
        configuration: {
          "allow-ipv4-loopback-address": "true",
          "allow-http-scheme": "true",
          "allow-permitted-domains": JSON.stringify(REDIRECT_HOSTS),
        },
      },
      {
        name: "secure-client-uris-pattern",
        configuration: {
          "client-uri-fields": JSON.stringify(["redirectUris", "postLogoutRedirectUris", "webOrigins"]),
          "allowed-patterns": JSON.stringify(REDIRECTS),
        },
      },
    ],
    condition: SELF_REGISTERED,
  },
  {
    name: "nothing-is-fetched",
    description: "Whoever registers cannot make the server send a request",
    executors: [
      // Without a pattern, the executor refuses every address in these fields.
      { name: "secure-client-uris-pattern", configuration: { "client-uri-fields": JSON.stringify(FETCHED) } },
      {
        name: "secure-client-authenticator",
        configuration: {
          "allowed-client-authenticators": JSON.stringify(["client-secret"]),
          "default-client-authenticator": "client-secret",
        },
      },
      { name: "secure-logout", configuration: { "allow-front-channel-logout": "false" } },
    ],
    condition: SELF_REGISTERED,
  },
];

/** The client policies of a realm: a profile each, and the policy that says when it holds. */
export function clientPolicies(name: string, realmId: pulumi.Input<string>, opts: pulumi.CustomResourceOptions): void {
  for (const { name: title, description, executors, condition } of POLICIES) {
    const profile = new keycloak.RealmClientPolicyProfile(
      `${name}-${title}`,
      { realmId, name: title, description, executors },
      opts,
    );
    new keycloak.RealmClientPolicyProfilePolicy(
      `${name}-${title}`,
      { realmId, name: title, enabled: true, profiles: [profile.name], conditions: [condition] },
      opts,
    );
  }
}
