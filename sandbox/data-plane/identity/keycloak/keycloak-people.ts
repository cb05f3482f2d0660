import * as z from "zod";
import type { PlannedResource } from "../../../../plan/model.ts";
import type { Target } from "./target.ts";

const roleInputs = z.strictObject({ name: z.string(), realmId: z.string() });

/** What Keycloak wants to hear of a role that it maps to something. */
interface RoleReference {
  readonly id: string;
  readonly name: string;
}

/** Makes a role of the realm; it is known by its name. */
export async function makeRole({ inputs }: PlannedResource, { admin, path }: Target): Promise<string> {
  const { name } = roleInputs.parse(inputs);
  await admin.post(`${path}/roles`, { name });
  return name;
}

const groupInputs = z.strictObject({
  name: z.string(),
  realmId: z.string(),
  attributes: z.record(z.string(), z.string()),
});

/** Makes a group of people; each attribute has one value. */
export function makeGroup({ inputs }: PlannedResource, { admin, path }: Target): Promise<string> {
  const { name, attributes } = groupInputs.parse(inputs);
  const lists = Object.entries(attributes).map(([key, value]) => [key, [value]]);
  return admin.post(`${path}/groups`, { name, attributes: Object.fromEntries(lists) as object });
}

/** Gives a group its roles. */
export async function giveRoles(resource: PlannedResource, target: Target): Promise<undefined> {
  const [group] = idsOf(resource, "groupId", target);
  if (group === undefined) throw new TypeError("roles must be of a group of the plan");
  await target.admin.post(
    `${target.path}/groups/${group}/role-mappings/realm`,
    await rolesOf(resource, "roleIds", target),
  );
}

/** Leaves a scope to those who have a role. */
export async function grantScope(resource: PlannedResource, target: Target): Promise<undefined> {
  const [scope] = idsOf(resource, "clientScopeId", target);
  if (scope === undefined) throw new TypeError("a role must be mapped to a scope of the plan");
  const roles = await rolesOf(resource, "roleId", target);
  await target.admin.post(`${target.path}/client-scopes/${scope}/scope-mappings/realm`, roles);
}

function rolesOf(resource: PlannedResource, input: string, target: Target): Promise<readonly RoleReference[]> {
  const names = idsOf(resource, input, target);
  return Promise.all(names.map((it) => target.admin.get<RoleReference>(`${target.path}/roles/${it}`)));
}

function idsOf({ propertyDependencies }: PlannedResource, input: string, { ids }: Target): readonly string[] {
  return (propertyDependencies?.[input] ?? []).flatMap((it) => ids.get(it) ?? []);
}
