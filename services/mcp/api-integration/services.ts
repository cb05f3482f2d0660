import type { Call } from "../../libraries/mcp-host/definition/definition.ts";
import type { Backend } from "./http/backend.ts";

/** What the tools of this server share. */
export interface ApiIntegrationServices {
  /** By the name of the API that each of them serves. */
  readonly backends: ReadonlyMap<string, Pick<Backend, "publicText" | "send">>;
}

/** A call of a tool of this server. */
export type ApiCall = Call<ApiIntegrationServices>;
