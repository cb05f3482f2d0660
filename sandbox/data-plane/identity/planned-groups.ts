import * as z from "zod";
import type { PlannedResource } from "../../../plan/model.ts";

/** A group of people, as a realm has it. */
export interface RealmGroup {
  readonly name: string;
  readonly roles: readonly string[];
  readonly attributes: { readonly [name: string]: string };
}

const GROUP = "keycloak:index/group:Group";
const GROUP_ROLES = "keycloak:index/groupRoles:GroupRoles";

const groupInputs = z.object({ name: z.string(), attributes: z.record(z.string(), z.string()).default({}) });
const named = z.object({ name: z.string() });

/** The groups of a planned realm, with their roles; throws `ZodError` for one that is not understood. */
export function groupsOf(resources: readonly PlannedResource[]): readonly RealmGroup[] {
  const memberships = resources.filter(({ type }) => type === GROUP_ROLES);
  return resources
    .filter(({ type }) => type === GROUP)
    .map((group) => {
      const own = memberships.filter((it) => originsOf(it, "groupId", resources).includes(group));
      const roles = own.flatMap((it) => originsOf(it, "roleIds", resources));
      return { ...groupInputs.parse(group.inputs), roles: roles.map(nameOf) };
    });
}

/** The resources of the plan that an input came from. */
export function originsOf(
  { propertyDependencies }: PlannedResource,
  input: string,
  resources: readonly PlannedResource[],
): readonly PlannedResource[] {
  const urns = propertyDependencies?.[input] ?? [];
  return resources.filter((it) => urns.includes(it.urn));
}

/** What a resource of the plan is called in its realm; throws `ZodError` for one that has no name. */
export function nameOf({ inputs }: PlannedResource): string {
  return named.parse(inputs).name;
}
