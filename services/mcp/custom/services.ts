import type { Call } from "../../libraries/mcp-host/definition/definition.ts";

/** What the tools of this server share. */
export interface CustomServices {
  readonly terms: ReadonlyMap<string, string>;
}

/** A call of something of this server; `context.tenantId` says for whom. */
export type CustomCall = Call<CustomServices>;
