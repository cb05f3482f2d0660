import type { Permission } from "../../../../contracts/identity/permissions.ts";
import { ownIds } from "../../../libraries/service-kit/own-ids.ts";
import type { CallerContext } from "../../../libraries/service-kit/tenant-context.ts";

/** What a transaction is for: it decides its mode and its role. */
export type Purpose = "read" | "write";

/** What a caller may see of its tenant's rows and columns, as the policies of the database read it (`migrations/004-callers.sql`). */
export interface CallerRights {
  readonly sees: "all" | "own";
  /** Whose rows are its own. */
  readonly ids: readonly string[];
  /** The role of PostgreSQL. */
  readonly role: string;
}

const PERSONAL: Permission = "read:personal-data";

/**
 * The rights of a caller, by its verified context alone. The tenant's own people and systems see all rows, a consumer her own, a partner
 * those of the customers for whom it acts, and whoever is not known to be one of these no row that is somebody's. Columns with personal
 * data are for those who are permitted them.
 */
export function rightsOf(
  caller: Pick<CallerContext, "kind" | "userId" | "permissions">,
  purpose: Purpose,
): CallerRights {
  const isLimited = caller.permissions?.includes(PERSONAL) !== true;
  const role = `mcp_${isLimited ? "limited_" : ""}${purpose === "read" ? "reader" : "writer"}`;
  const ids = ownIds(caller);
  return { sees: ids === undefined ? "all" : "own", ids: ids ?? [], role };
}
