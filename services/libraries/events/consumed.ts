import { createHash } from "node:crypto";
import { canonicalJson } from "./canonical-json.ts";
import type { TenantEvent } from "./tenant-event.ts";

/** What became of an event: its work was done now, had been done before, or was no longer wanted. */
export type Consumed = "done" | "duplicate" | "overtaken";

/** SHA-256 of what an event says, by which one that reuses the id of another is known. */
export function contentDigest({ type, subject, data }: TenantEvent): Buffer {
  return createHash("sha256").update(canonicalJson({ type, subject, data })).digest();
}
