import { oncePer } from "../../engine/once-per.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { grantsOf } from "../grants/documents.ts";
import { type Statement, statementsOf } from "../policy-document.ts";
import { TYPE } from "../resource-types.ts";
import { allows, type Call, mayDeny } from "./permission.ts";

/** Whether the policies of a role allow a call, and none of them denies it. Managed policies are not read, so they allow nothing. */
export function isGranted(platform: Platform, role: Placed, call: Call): boolean {
  const policies = policiesByRole(platform).get(nameOf(role)) ?? [];
  const granted = [...policies, role].flatMap(({ resource }) => grantsOf(resource));
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

const policiesByRole = oncePer((platform: Platform): ReadonlyMap<string, readonly Placed[]> => {
  const all = new Map<string, Placed[]>();
  for (const it of platform.ofType(TYPE.rolePolicy)) {
    const role = it.resource.text("role") ?? "";
    all.set(role, [...(all.get(role) ?? []), it]);
  }
  return all;
});

function nameOf(role: Placed): string {
  return role.resource.text("name") ?? "";
}
