import type { LocalAdmin } from "./keycloak-admin.ts";

/** What there is to know while the resources of a realm are made. */
export interface Target {
  readonly admin: LocalAdmin;
  /** Of the realm. */
  readonly path: string;
  /** What has been made, by URN. */
  readonly ids: Map<string, string>;
}
