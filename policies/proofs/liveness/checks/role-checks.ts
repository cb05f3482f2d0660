import type { Placed, Platform } from "../../../engine/platform.ts";
import type { Call } from "../../../facts/reach/permission.ts";
import { isGranted, isWithinBoundary } from "../../../facts/reach/role.ts";
import type { HopCheck } from "./walk.ts";

/** The checks that a role, where there is one, is granted each of these calls, and may make it within its permissions boundary. */
export function roleChecks(
  platform: Platform,
  role: Placed | undefined,
  calls: () => readonly Call[],
): { readonly identity: HopCheck; readonly boundary: HopCheck } {
  const check = (may: typeof isGranted, mend: string): HopCheck => {
    return () => {
      if (role === undefined) return undefined;
      const refused = calls().find((it) => !may(platform, role, it));
      if (refused === undefined) return undefined;
      return { at: role, mend: `"${role.resource.name}" ${mend} ${refused.action} on ${refused.resource}.` };
    };
  };
  return {
    identity: check(isGranted, "must be granted"),
    boundary: check(isWithinBoundary, "must have a boundary that allows"),
  };
}
