import { removeReplacedPolicies } from "./default-policies.ts";
import { guardRegistrations, type RealmAdmin } from "./registration-guard.ts";

/** What was done in one realm. */
export interface RealmReport {
  readonly realm: string;
  /** Names of Keycloak's own policies that the realm's own have replaced. */
  readonly replaced: readonly string[];
  /** Ids of the clients that nobody used. */
  readonly removed: readonly string[];
  /** Why nothing, or not all of it, could be done; absent when all is well. */
  readonly problem?: string;
}

/**
 * Opens realms for registration as they are planned, and takes away what registered and is not used; the same in the cloud and on a laptop.
 * A realm that is not there yet, or fails, does not keep the others from their turn.
 */
export async function keepRealms(admin: RealmAdmin, realms: readonly string[]): Promise<readonly RealmReport[]> {
  const reports: RealmReport[] = [];
  for (const realm of realms) reports.push(await keepRealm(admin, realm));
  return reports;
}

async function keepRealm(admin: RealmAdmin, realm: string): Promise<RealmReport> {
  let replaced: readonly string[] = [];
  try {
    replaced = await removeReplacedPolicies(admin, realm);
    return { realm, replaced, removed: await guardRegistrations(admin, realm) };
  } catch (error) {
    return { realm, replaced, removed: [], problem: error instanceof Error ? error.message : String(error) };
  }
}
