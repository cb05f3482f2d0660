import { errors } from "oidc-provider";
import type { RegistrationRules } from "../planned-realm.ts";

/** What a client says about itself (RFC 7591), as it sent it. */
export type ClientStatement = Readonly<Record<string, unknown>>;

/** Members of a client's metadata, by Keycloak's names of them. */
const MEMBERS: Readonly<Record<string, string>> = {
  backchannelLogoutUrl: "backchannel_logout_uri",
  cibaClientNotificationEndpoint: "backchannel_client_notification_endpoint",
  frontchannelLogoutUrl: "frontchannel_logout_uri",
  jwksUri: "jwks_uri",
  logoUri: "logo_uri",
  policyUri: "policy_uri",
  requestUris: "request_uris",
  sectorIdentifierUri: "sector_identifier_uri",
  tosUri: "tos_uri",
};

/** Methods of a client to prove that it is itself, by Keycloak's names; `none` is that of a public client, which has nothing to prove it with. */
const METHODS: Readonly<Record<string, readonly string[]>> = {
  "client-secret": ["client_secret_basic", "client_secret_post", "none"],
};

/** Refuses a client that may not register itself, as Keycloak does: with 403 and, of the older policies, the name. */
export function requireRegistrable(statement: ClientStatement, rules: RegistrationRules): void {
  const redirects = texts(statement["redirect_uris"]);
  if (![...redirects, ...texts(statement["client_uri"])].every((it) => hasHost(it, rules.trustedHosts))) {
    throw refusal("trusted-hosts", "URI doesn't match any trusted host or trusted domain");
  }
  const asked = texts(statement["scope"]).flatMap((it) => it.split(" "));
  if (!asked.every((it) => rules.scopes.includes(it))) {
    throw refusal("allowed-client-templates", "Not permitted to use specified clientScope");
  }
  const back = [...redirects, ...texts(statement["post_logout_redirect_uris"])];
  if (!back.every((it) => mayReceiveCodes(it, rules))) throw forbidden("invalid_request");
  if (refusedMembers(rules).some((it) => statement[it] !== undefined)) throw forbidden("invalid_client_metadata");
  const methods = rules.authenticators.flatMap((it) => METHODS[it] ?? []);
  if (!texts(statement["token_endpoint_auth_method"]).every((it) => methods.includes(it))) {
    throw forbidden("invalid_client_metadata");
  }
}

function refusedMembers({ refusedAddresses }: RegistrationRules): readonly string[] {
  return refusedAddresses.flatMap((it) => MEMBERS[it] ?? []);
}

/** A member that is one text, or a list of them. */
function texts(value: unknown): readonly string[] {
  return [value].flat().filter((it) => typeof it === "string");
}

/** Whether codes may go to an address. */
export function mayReceiveCodes(uri: string, { redirects }: RegistrationRules): boolean {
  return redirects.some((it) => new RegExp(`^(?:${it})$`).test(uri));
}

/** Refuses one more client than may be. */
export function requireRoom(registered: number, { maxClients }: RegistrationRules): void {
  if (registered >= maxClients)
    throw refusal("max-clients", `It's allowed to have max ${maxClients} clients per realm`);
}

/** Whether an absolute address is on one of the hosts. */
export function hasHost(uri: string, hosts: readonly string[]): boolean {
  const url = URL.parse(uri);
  return url !== null && url.username === "" && hosts.includes(url.hostname);
}

function refusal(policy: string, details: string): errors.OIDCProviderError {
  return forbidden(`Policy '${policy}' rejected request to client-registration service. Details: ${details}`);
}

function forbidden(description: string): errors.OIDCProviderError {
  const error = new errors.CustomOIDCProviderError("insufficient_scope", description);
  return Object.assign(error, { status: 403, statusCode: 403 });
}
