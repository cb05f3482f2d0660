import { nameOf } from "../../plan/urn.ts";

/**
 * Whether a resource counts where resources are counted: all that a program declares does (the stack itself, components, providers and
 * what is in the cloud), as in the engine's own sums; what the engine adds by itself, default providers, and what is only read do not.
 */
export function isCounted({ urn, type }: { readonly urn: string; readonly type: string }): boolean {
  if (type === "pulumi:pulumi:StackReference") return false;
  return !(type.startsWith("pulumi:providers:") && /^default(_|$)/.test(nameOf(urn)));
}
