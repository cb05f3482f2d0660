import type { Deprecation } from "./definition.ts";

/** The member of `_meta` that says that something is deprecated. */
export const DEPRECATION_META = "alicerce/deprecation";

/** `_meta` of what is deprecated. */
export function deprecationMeta(deprecated: Deprecation): { [DEPRECATION_META]: Deprecation } {
  return { [DEPRECATION_META]: deprecated };
}

/** Headers for those that read no bodies: when it goes (RFC 8594), and a sentence. The date of deprecation is not known, its version is. */
export function deprecationHeaders(name: string, { since, removeOn, use }: Deprecation): [string, string][] {
  return [
    ["sunset", new Date(removeOn).toUTCString()],
    ["warning", `299 - "${name} is deprecated since ${since}, goes on ${removeOn}; use ${use}"`],
  ];
}
