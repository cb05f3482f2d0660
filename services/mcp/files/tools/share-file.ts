import * as z from "zod";
import { defineTool } from "../../../libraries/mcp-host/definition/definition.ts";
import { fileTypeOf } from "../formats/file-type.ts";
import { READS, type FilesCall } from "../files-services.ts";
import { lifetime, minutes } from "../store/link-lifetime.ts";
import { findFile } from "../store/stored-file.ts";

/** Gives out one file by a link. */
export const shareFileTool = defineTool({
  name: "share-file",
  title: "Share a file",
  description:
    "Makes a link by which one of the tenant's files is downloaded, whatever its size. Whoever holds the link can read the file until it expires.",
  scope: "mcp:read",
  permission: "read:files",
  classification: "confidential",
  awsCalls: READS,
  input: z.object({ path: z.string(), minutes }),
  output: z.object({ path: z.string(), size: z.int(), url: z.url(), expires: z.iso.datetime() }),
  run: async ({ path, minutes: wanted }, call: FilesCall) => {
    const { storedAs: mediaType } = fileTypeOf(path);
    const { key, size } = await findFile(call, path);
    const { lifetimeSeconds, expires } = lifetime(wanted);
    const fileName = path.slice(path.lastIndexOf("/") + 1);
    const { url } = await call.services.store.downloadLink(key, { fileName, mediaType, lifetimeSeconds });
    return { path, size, url, expires };
  },
});
