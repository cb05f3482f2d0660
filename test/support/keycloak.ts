import { foldersOf } from "../../tools/engine/folders.ts";
import { keycloakFault } from "../../sandbox/data-plane/identity/keycloak/keycloak-installation.ts";

/** Whether tests may go without the real Keycloak: on a laptop, and not silently; never in CI. */
export async function hasKeycloak(): Promise<boolean> {
  const fault = await keycloakFault(foldersOf().cache);
  if (fault === undefined) return true;
  if (process.env["CI"] !== undefined) throw new Error(`Keycloak must run in CI: ${fault}`);
  console.warn(`SKIPPED: ${fault}, so nothing about the real Keycloak is proved here`);
  return false;
}
