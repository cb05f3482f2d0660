import type { CallerKind } from "../../contracts/agents/caller.ts";
import type { DirectoryEntry } from "../../contracts/directory-entry.ts";
import type { VerifiedToken } from "../libraries/service-kit/tokens/token-claims.ts";

/** What a caller may be by its token: who has roles is one of the company's own people. */
export function kindOf({
  userId,
  roles,
}: {
  readonly userId?: string | undefined;
  readonly roles?: readonly string[];
}): CallerKind {
  if (userId === undefined) return "machine";
  return roles === undefined ? "consumer" : "developer";
}

/**
 * What a caller may do: what the roles of the company's people are permitted, or all of its kind are, and of that what the scopes of the
 * token cover, "read:files" by `mcp:read`. A role that the directory does not know permits nothing.
 */
export function permissionsOf(
  caller: Pick<VerifiedToken, "scopes"> & { readonly userId?: string | undefined; readonly roles?: readonly string[] },
  { roles: known, kinds }: Pick<DirectoryEntry, "roles" | "kinds">,
  kind: CallerKind = kindOf(caller),
): readonly string[] {
  const { roles = [], scopes } = caller;
  const ofRoles = roles.flatMap((it) => (Object.hasOwn(known, it) ? (known[it] ?? []) : []));
  const granted = kind === "developer" ? ofRoles : (kinds[kind] ?? []);
  return covered(granted, scopes);
}

/** Of permissions those that the scopes of a token cover, each once and in order. */
export function covered(permissions: readonly string[], scopes: readonly string[]): readonly string[] {
  return [...new Set(permissions)].filter((it) => isCovered(it, scopes)).toSorted();
}

function isCovered(permission: string, scopes: readonly string[]): boolean {
  const [verb = ""] = permission.split(":");
  return scopes.includes(`mcp:${verb}`);
}
