import type { KnownClient } from "../developers.ts";
import type { KeycloakAdmin } from "./keycloak-admin.ts";
import { makeResource, POLICY_TYPE, RESOURCE_ORDER, type Target } from "./keycloak-resources.ts";
import type { Person } from "../people.ts";
import type { PlannedRealm } from "../planned-realm.ts";

interface Component {
  readonly id: string;
  readonly name: string;
  readonly providerId: string;
  readonly subType: string;
}

/**
 * Makes a realm of what its stack plans, resource by resource; throws `TypeError` for a type of resource that is not known here, so that
 * nothing of the plan is left out.
 */
export async function makePlannedRealm(admin: KeycloakAdmin, { tenantId, resources }: PlannedRealm): Promise<void> {
  const target: Target = { admin, path: `/realms/${tenantId}`, ids: new Map() };
  const place = (type: string): number => RESOURCE_ORDER.indexOf(type);
  for (const resource of resources.toSorted((a, b) => place(a.type) - place(b.type))) {
    const id = await makeResource(resource, target);
    if (id !== undefined) target.ids.set(resource.urn, id);
  }
}

/**
 * Takes away those of Keycloak's own policies for clients that register themselves which the plan replaces: every new realm has them, all
 * policies must agree, and its own trust no host and none of the plan's scopes.
 */
export async function removeReplacedPolicies(
  admin: KeycloakAdmin,
  { tenantId, resources }: PlannedRealm,
): Promise<void> {
  const planned = resources.map(({ inputs }) => inputs).filter((it) => it["subType"] === "anonymous");
  const all = await admin.get<readonly Component[]>(`/realms/${tenantId}/components?type=${POLICY_TYPE}`);
  const replaced = all.filter(
    (it) =>
      it.subType === "anonymous" &&
      planned.some(({ providerId }) => providerId === it.providerId) &&
      planned.every(({ name }) => name !== it.name),
  );
  for (const { id } of replaced) await admin.delete(`/realms/${tenantId}/components/${id}`);
}

/** Adds the people and the clients that a realm does not get from the plan. */
export async function populate(
  admin: KeycloakAdmin,
  tenantId: string,
  { people, clients }: { readonly people: readonly Person[]; readonly clients: readonly KnownClient[] },
): Promise<void> {
  for (const { username, givenName, familyName, password } of people) {
    const credentials = [{ type: "password", value: password, temporary: false }];
    const names = { firstName: givenName, lastName: familyName, email: `${username}@${tenantId}.example` };
    await admin.post(`/realms/${tenantId}/users`, { username, enabled: true, ...names, credentials });
  }
  for (const { clientId, redirectUris } of clients) {
    const publicClient = { publicClient: true, standardFlowEnabled: true, consentRequired: true };
    await admin.post(`/realms/${tenantId}/clients`, {
      clientId,
      redirectUris,
      fullScopeAllowed: false,
      ...publicClient,
    });
  }
}
