import type { Call } from "../../libraries/mcp-host/definition/definition.ts";
import type { ObjectStore } from "./store/object-store.ts";

/** What the tools of this server work on. */
export interface FilesServices {
  readonly store: ObjectStore;
}

/** A call of a tool of this server. */
export type FilesCall = Call<FilesServices>;

/** Largest file that is read or written through a tool; larger ones do not belong into a model's context. */
export const LARGEST_FILE_BYTES = 1024 * 1024;

/** Largest PDF or image that is read to make something smaller of it, or that is made. */
export const LARGEST_SOURCE_BYTES = 20 * 1024 * 1024;

/** Largest file that is uploaded by a link. */
export const LARGEST_UPLOAD_BYTES = 100 * 1024 * 1024;

/** What lists keys. */
export const LISTS = ["s3:ListBucket"] as const;

/** What reads an object, and looks whether it is there where S3 refuses to say. */
export const READS = ["s3:GetObject", "s3:ListBucket", "kms:Decrypt"] as const;

/** What writes an object. */
export const WRITES = ["s3:PutObject", "kms:GenerateDataKey"] as const;
