import { IDENTIFIER } from "../../../../contracts/identifiers.ts";
import { ownIds } from "../../../libraries/service-kit/own-ids.ts";
import { Problem } from "../../../libraries/service-kit/problem.ts";
import type { CallerContext } from "../../../libraries/service-kit/tenant-context.ts";

/** What decides which files a caller sees; all of it is verified. */
export type FilesCaller = Pick<CallerContext, "tenantId" | "kind" | "userId" | "permissions">;

/** Among the tenant's files, the folder with one folder for each customer. */
const CUSTOMERS = "customers/";

/**
 * The folder of the tenant's files outside of which nothing is there for a caller: none (`""`) for the tenant's own people and systems, and
 * for anybody else the folder of the one customer whose files are its own. Throws `ERR_OWNER_UNKNOWN` where that is nobody, or several.
 */
export function folderOf(caller: FilesCaller): string {
  const ids = ownIds(caller);
  if (ids === undefined) return "";
  const [id = "", ...others] = ids;
  if (others.length > 0)
    throw new Problem(
      "ERR_OWNER_UNKNOWN",
      `the caller acts for ${ids.length} customers`,
      "a path does not say for which of several customers it is",
    );
  if (IDENTIFIER.userId.test(id)) return `${CUSTOMERS}${id}/`;
  throw new Problem("ERR_OWNER_UNKNOWN", "the caller acts for no customer", "the caller has no files");
}
