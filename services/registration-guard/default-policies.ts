import type { RealmAdmin } from "./registration-guard.ts";

/** What Keycloak calls the policies of clients that register themselves. */
export const POLICY_TYPE = "org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy";

/** The policies for clients without a token that Keycloak gives to every new realm: their names by provider (DefaultClientRegistrationPolicies). */
const DEFAULTS: Readonly<Record<string, string>> = {
  "trusted-hosts": "Trusted Hosts",
  "consent-required": "Consent Required",
  scope: "Full Scope Disabled",
  "max-clients": "Max Clients Limit",
  "allowed-protocol-mappers": "Allowed Protocol Mapper Types",
  "allowed-client-templates": "Allowed Client Scopes",
  "registration-web-origins": "Allowed Registration Web Origins",
};

interface Policy {
  readonly id: string;
  readonly name: string;
  readonly providerId: string;
  readonly subType: string;
}

/**
 * Takes away those of Keycloak's own policies for clients that register themselves which the realm has others of: all policies must agree, and
 * Keycloak's own trust no host, so that nobody can register while they are there. A policy that nothing replaces stays. Answers with the names
 * of those that are gone; they are gone for good, since Keycloak gives them to realms without any policy only.
 */
export async function removeReplacedPolicies(admin: RealmAdmin, realm: string): Promise<readonly string[]> {
  const path = `/realms/${realm}/components`;
  const all = await admin.get<readonly Policy[]>(`${path}?type=${POLICY_TYPE}`);
  const anonymous = all.filter((it) => it.subType === "anonymous");
  const replaced = anonymous.filter(
    (it) => isDefault(it) && anonymous.some((other) => other.providerId === it.providerId && !isDefault(other)),
  );
  for (const { id } of replaced) await admin.delete(`${path}/${id}`);
  return replaced.map((it) => it.name);
}

function isDefault({ providerId, name }: Policy): boolean {
  return DEFAULTS[providerId] === name;
}
