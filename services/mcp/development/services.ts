import { Problem } from "../../libraries/service-kit/problem.ts";
import type { Call } from "../../libraries/mcp-host/definition/definition.ts";
import type { Deployments } from "./sources/deployments.ts";
import type { Documents } from "./sources/documents.ts";
import type { LogSource } from "./sources/log-source.ts";
import type { TraceSource } from "./sources/trace-source.ts";

/** What the tools of this server read; there is nothing that they could change. */
export interface DevelopmentServices {
  readonly logs: LogSource;
  readonly traces: TraceSource;
  readonly deployments: Deployments;
  readonly documents: Documents;
}

/** A call of something of this server. */
export type DevelopmentCall = Call<DevelopmentServices>;

/** What reading a document is granted. */
export const READS_DOCUMENTS = ["s3:GetObject", "kms:Decrypt"] as const;

/** Refuses another tenant than the one whose resources this process was given. */
export function requireOwner(own: string, asked: string): void {
  if (asked !== own) throw new Problem("ERR_TENANT_UNKNOWN", "another tenant was asked for", "this tenant is unknown");
}
