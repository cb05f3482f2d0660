import type { Call } from "../server/definition.ts";
import type { ObjectStore } from "./object-store.ts";

/** What the tools of this server work on. */
export interface FilesServices {
  readonly store: ObjectStore;
}

/** A call of a tool of this server. */
export type FilesCall = Call<FilesServices>;

/** Largest file that is read or written through a tool; larger ones do not belong into a model's context. */
export const LARGEST_FILE_BYTES = 1024 * 1024;

/** What a tool of this server is granted for reading. */
export const READS = ["s3:GetObject", "kms:Decrypt"] as const;

/** What a tool of this server is granted for writing. */
export const WRITES = ["s3:PutObject", "kms:GenerateDataKey"] as const;
