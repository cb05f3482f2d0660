import { Problem } from "../../shared/problem.ts";
import { LARGEST_FILE_BYTES, type FilesCall } from "./files-services.ts";
import type { Page } from "./object-store.ts";
import { keyOf, pathOf, prefixOf } from "./tenant-path.ts";

/** The content of a file of the calling tenant. */
export async function readFile({ context, services, signal }: FilesCall, path: string): Promise<Buffer> {
  const body = await services.store.read(keyOf(context.tenantId, path), LARGEST_FILE_BYTES, signal);
  if (body === undefined)
    throw new Problem("ERR_FILE_NOT_FOUND", "no such key", `there is no file "${path}"`, { field: "path" });
  return body;
}

/** Writes a file of the calling tenant. */
export async function writeFile(
  { context, services, signal }: FilesCall,
  path: string,
  body: Buffer,
  overwrite: boolean,
): Promise<void> {
  if (body.length > LARGEST_FILE_BYTES) {
    const reason = `the content has ${body.length} bytes, more than ${LARGEST_FILE_BYTES}`;
    throw new Problem("ERR_FILE_TOO_LARGE", reason, reason, { field: "content" });
  }
  const isWritten = await services.store.write(keyOf(context.tenantId, path), body, { ifAbsent: !overwrite }, signal);
  if (isWritten) return;
  const message = `there is a file "${path}" already; pass overwrite to replace it`;
  throw new Problem("ERR_FILE_EXISTS", "key exists", message, { field: "path" });
}

/** A page of the files of the calling tenant, all of them or those in a folder. */
export async function listFiles(
  { context: { tenantId }, services, signal }: FilesCall,
  {
    folder,
    after,
    limit,
  }: { readonly folder?: string | undefined; readonly after?: string | undefined; readonly limit: number },
): Promise<Page> {
  const prefix = folder === undefined ? prefixOf(tenantId) : `${keyOf(tenantId, folder)}/`;
  const from = after === undefined ? {} : { after: keyOf(tenantId, after) };
  const { objects, next } = await services.store.list({ prefix, limit, ...from }, signal);
  return {
    objects: objects.map((it) => ({ ...it, key: pathOf(tenantId, it.key) })),
    ...(next !== undefined && { next: pathOf(tenantId, next) }),
  };
}
