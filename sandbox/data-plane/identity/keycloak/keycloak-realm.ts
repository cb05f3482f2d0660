import type { KnownClient } from "../developers.ts";
import type { LocalAdmin } from "./keycloak-admin.ts";
import { makeResource, RESOURCE_ORDER } from "./keycloak-resources.ts";
import type { Target } from "./target.ts";
import type { Person } from "../people.ts";
import type { PlannedRealm } from "../planned-realm.ts";

/**
 * Makes a realm of what its stack plans, resource by resource; throws `TypeError` for a type of resource that is not known here, so that
 * nothing of the plan is left out.
 */
export async function makePlannedRealm(admin: LocalAdmin, { tenantId, resources }: PlannedRealm): Promise<void> {
  const target: Target = { admin, path: `/realms/${tenantId}`, ids: new Map() };
  const place = (type: string): number => RESOURCE_ORDER.indexOf(type);
  for (const resource of resources.toSorted((a, b) => place(a.type) - place(b.type))) {
    const id = await makeResource(resource, target);
    if (id !== undefined) target.ids.set(resource.urn, id);
  }
}

/** Adds the people and the clients that a realm does not get from the plan. */
export async function populate(
  admin: LocalAdmin,
  tenantId: string,
  { people, clients }: { readonly people: readonly Person[]; readonly clients: readonly KnownClient[] },
): Promise<void> {
  for (const { username, givenName, familyName, password, group } of people) {
    const credentials = [{ type: "password", value: password, temporary: false }];
    const names = { firstName: givenName, lastName: familyName, email: `${username}@${tenantId}.example` };
    const groups = group === undefined ? [] : [`/${group}`];
    await admin.post(`/realms/${tenantId}/users`, { username, enabled: true, ...names, credentials, groups });
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
