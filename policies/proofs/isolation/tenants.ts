import { oncePer } from "../../engine/once-per.ts";
import type { Platform } from "../../engine/platform.ts";
import type { StackIndex } from "../../engine/stack-index.ts";

/** `<environment>.<region>.<tenant>`, also of a tenant that the data no longer has. */
const TENANT_STACK = /^[^.]+\.[a-z]{2}(?:-[a-z]+)+-\d\.([^.]+)$/;

/** The tenant whose stack it is by the form of its name; `undefined` for a stack that several tenants share. */
export function ownerOf({ name }: StackIndex): string | undefined {
  return TENANT_STACK.exec(name)?.[1];
}

/** The region of a stack's address; `undefined` for an environment's own stack. */
export function regionOf({ name }: StackIndex): string | undefined {
  return name.split(".")[1];
}

/** The stacks of each tenant, in all regions together. */
export const tenantStacks = oncePer((platform: Platform): ReadonlyMap<string, readonly StackIndex[]> => {
  const all = Map.groupBy(platform.stacks, ownerOf);
  return new Map([...all].flatMap(([tenant, stacks]) => (tenant === undefined ? [] : [[tenant, stacks] as const])));
});
