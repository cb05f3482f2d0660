import type { TenantDatabase } from "./tenancy/tenant-database.ts";

/** How much one answer may hold and one change may touch. */
export interface DatabaseLimits {
  readonly maxRows: number;
  readonly maxBytes: number;
  readonly maxChangedRows: number;
}

/** What the tools of this server share. */
export interface DatabaseServices {
  readonly database: TenantDatabase;
  readonly limits: DatabaseLimits;
  /** 32 bytes that seal page tokens. */
  readonly cursorKey: Buffer;
  /** The tables of the schema "business" that may be changed. */
  readonly writableTables: ReadonlySet<string>;
}
