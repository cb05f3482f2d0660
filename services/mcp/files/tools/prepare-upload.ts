import * as z from "zod";
import { defineTool } from "../../../libraries/mcp-host/definition/definition.ts";
import { fileTypeOf } from "../formats/file-type.ts";
import { LARGEST_UPLOAD_BYTES, WRITES, type FilesCall } from "../files-services.ts";
import { lifetime, minutes } from "../store/link-lifetime.ts";
import { keyOf } from "../store/tenant-path.ts";

/** Lets one file be uploaded by a link. */
export const prepareUploadTool = defineTool({
  name: "prepare-upload",
  title: "Prepare an upload",
  description:
    "Makes a link by which exactly one file is uploaded, of the size and checksum given: PUT to `url` with all of `headers`.",
  scope: "mcp:write",
  permission: "write:files",
  classification: "confidential",
  awsCalls: WRITES,
  input: z.object({
    path: z.string(),
    size: z.int().min(1).max(LARGEST_UPLOAD_BYTES),
    sha256: z.hash("sha256").describe("of the content, in hexadecimal"),
    overwrite: z.boolean().default(false),
    minutes,
  }),
  output: z.object({
    path: z.string(),
    method: z.literal("PUT"),
    url: z.url(),
    headers: z.record(z.string(), z.string()),
    expires: z.iso.datetime(),
  }),
  run: async ({ path, size, sha256, overwrite, minutes: wanted }, { context, services }: FilesCall) => {
    const { storedAs: mediaType } = fileTypeOf(path);
    const { lifetimeSeconds, expires } = lifetime(wanted);
    const what = { mediaType, size, sha256, ifAbsent: !overwrite, lifetimeSeconds };
    const { url, headers } = await services.store.uploadLink(keyOf(context, path), what);
    return { path, method: "PUT" as const, url, headers: { ...headers }, expires };
  },
});
