import { Problem } from "../../../libraries/service-kit/problem.ts";
import { notFound } from "../file-problem.ts";
import { textOf } from "../formats/file-type.ts";
import { LARGEST_FILE_BYTES, type FilesCall } from "../files-services.ts";
import type { Page, StoredObject } from "./object-store.ts";
import { isPath, keyOf, pathOf, prefixOf } from "./tenant-path.ts";

/** What is known of a file of the caller. */
export async function findFile({ context, services, signal }: FilesCall, path: string): Promise<StoredObject> {
  const found = await services.store.find(keyOf(context, path), signal);
  if (found === undefined) throw notFound(path);
  return found;
}

/** The content of a file of the caller, if it has at most `limit` bytes. */
export async function readFile(
  { context, services, signal }: FilesCall,
  path: string,
  limit = LARGEST_FILE_BYTES,
): Promise<Buffer> {
  const body = await services.store.read(keyOf(context, path), limit, signal);
  if (body === undefined) throw notFound(path);
  return body;
}

/** The text of a file of the caller, unpacked if it is kept compressed. */
export async function readText(call: FilesCall, path: string): Promise<string> {
  return textOf(path, await readFile(call, path), LARGEST_FILE_BYTES);
}

/** Writes a file of the caller, if it has at most `limit` bytes. */
export async function writeFile(
  { context, services, signal }: FilesCall,
  path: string,
  body: Buffer,
  { overwrite, limit = LARGEST_FILE_BYTES }: { readonly overwrite: boolean; readonly limit?: number },
): Promise<void> {
  if (body.length > limit) {
    const reason = `the content has ${body.length} bytes, more than ${limit}`;
    throw new Problem("ERR_FILE_TOO_LARGE", reason, reason, { field: "content" });
  }
  const isWritten = await services.store.write(keyOf(context, path), body, { ifAbsent: !overwrite }, signal);
  if (isWritten) return;
  const message = `there is a file "${path}" already; pass overwrite to replace it`;
  throw new Problem("ERR_FILE_EXISTS", "key exists", message, { field: "path" });
}

/** A page of the files of the caller, all of them or those in a folder. What others put there under no valid path is left out. */
export async function listFiles(
  { context, services, signal }: FilesCall,
  options: { readonly folder?: string | undefined; readonly after?: string | undefined; readonly limit: number },
): Promise<Page> {
  const { folder, after, limit } = options;
  const prefix = folder === undefined ? prefixOf(context) : `${keyOf(context, folder)}/`;
  const files: StoredObject[] = [];
  let from = after === undefined ? undefined : keyOf(context, after);
  do {
    const page = await services.store.list({ prefix, limit: limit - files.length, after: from }, signal);
    const named = page.objects.map((it) => ({ ...it, key: pathOf(context, it.key) }));
    files.push(...named.filter(({ key }) => isPath(context, key)));
    from = page.next;
  } while (from !== undefined && files.length < limit);
  const last = files.at(-1)?.key;
  return { objects: files, ...(from !== undefined && last !== undefined && { next: last }) };
}
