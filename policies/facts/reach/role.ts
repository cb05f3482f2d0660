import { oncePer } from "../../engine/once-per.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { grantsOf } from "../grants/documents.ts";
import { type Statement, statementsOf } from "../policy-document.ts";
import { TYPE } from "../resource-types.ts";
import { allows, type Call, mayDeny } from "./permission.ts";

/** Whether the policies of a role allow a call, and none of them denies it. Managed policies are not read, so they allow nothing. */
export function isGranted(platform: Platform, role: Placed, call: Call): boolean {
  const policies = policiesByRole(platform).get(nameOf(role)) ?? [];
  const granted = policiesOf(platform, role).flatMap(({ resource }) => grantsOf(resource));
  const all = policies.flatMap(({ resource }) => statementsOf(resource, "policy"));
  return allows(granted, call) && !mayDeny(all, call);
}

/** Whether the permissions boundary of a role allows a call; a role without one is not bounded, and one that is in no plan allows nothing. */
export function isWithinBoundary(platform: Platform, role: Placed, call: Call): boolean {
  const arn = role.resource.text("permissionsBoundary");
  if (arn === undefined) return true;
  const boundary = platform.ofArn(arn);
  const statements: readonly Statement[] = boundary === undefined ? [] : statementsOf(boundary.resource, "policy");
  return allows(statements, call) && !mayDeny(statements, call);
}

/** The actions, in lower case, that a role's boundary allows on whatever resource; `undefined` for a role without a boundary. */
export function boundaryActionsOf(platform: Platform, role: Placed): ReadonlySet<string> | undefined {
  const arn = role.resource.text("permissionsBoundary");
  if (arn === undefined) return undefined;
  const boundary = platform.ofArn(arn);
  const statements = boundary === undefined ? [] : statementsOf(boundary.resource, "policy");
  return new Set(statements.flatMap((it) => (it.allows ? it.actions.map((action) => action.toLowerCase()) : [])));
}

/** The inline policies that the plans give to a role. */
export function policiesOf(platform: Platform, role: Placed): readonly Placed[] {
  return [...(policiesByRole(platform).get(nameOf(role)) ?? []), role];
}

const policiesByRole = oncePer((platform: Platform): ReadonlyMap<string, readonly Placed[]> => {
  return Map.groupBy(platform.ofType(TYPE.rolePolicy), (it) => it.resource.text("role") ?? "");
});

function nameOf(role: Placed): string {
  return role.resource.text("name") ?? "";
}
