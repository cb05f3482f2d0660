import { customersIn } from "../../../contracts/agents/partner-operations.ts";
import type { CallerContext } from "./tenant-context.ts";

/**
 * Whose records a caller may see, by its verified context alone: nothing where it may see all of its tenant, as the tenant's own people
 * and systems do. A consumer's are her own, a partner's those of the customers for whom it acts, and whoever is not known to be one of
 * these has none.
 */
export function ownIds({
  kind,
  userId,
  permissions = [],
}: Pick<CallerContext, "kind" | "permissions" | "userId">): readonly string[] | undefined {
  if (kind === "developer" || kind === "machine") return undefined;
  if (kind === "partner") return customersIn(permissions);
  return kind === "consumer" && userId !== undefined ? [userId] : [];
}
