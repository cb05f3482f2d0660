import { Problem } from "../../shared/problem.ts";
import type { Call } from "../server/definition.ts";
import type { Deployments } from "./deployments.ts";
import type { Documents } from "./documents.ts";
import type { LogSource } from "./log-source.ts";
import type { TraceSource } from "./trace-source.ts";

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
