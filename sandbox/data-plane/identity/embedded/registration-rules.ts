import { errors } from "oidc-provider";
import type { RegistrationRules } from "../planned-realm.ts";

/** What a client says about itself (RFC 7591), as far as the rules read it. */
export interface ClientMetadata {
  readonly redirect_uris?: readonly string[] | undefined;
  readonly client_uri?: string | undefined;
  readonly scope?: string | undefined;
}

/** Refuses a client that may not register itself, as Keycloak does: with 403 and the name of the policy. */
export function requireRegistrable(
  { redirect_uris = [], client_uri, scope }: ClientMetadata,
  rules: RegistrationRules,
): void {
  const uris = client_uri === undefined ? redirect_uris : [...redirect_uris, client_uri];
  if (!uris.every((it) => hasHost(it, rules.trustedHosts))) {
    throw refusal("trusted-hosts", "URI doesn't match any trusted host or trusted domain");
  }
  const asked = scope?.split(" ") ?? [];
  if (!asked.every((it) => rules.scopes.includes(it))) {
    throw refusal("allowed-client-templates", "Not permitted to use specified clientScope");
  }
  if (!redirect_uris.every((it) => mayReceiveCodes(it, rules))) throw forbidden("invalid_request");
}

/** Whether codes may go to an address. */
export function mayReceiveCodes(uri: string, { redirectHosts }: RegistrationRules): boolean {
  const host = URL.parse(uri)?.hostname ?? "";
  return redirectHosts.some((it) => new RegExp(`^(?:${it})$`).test(host));
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
