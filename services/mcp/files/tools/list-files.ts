import * as z from "zod";
import { defineTool } from "../../../libraries/mcp-host/definition/definition.ts";
import { LISTS, type FilesCall } from "../files-services.ts";
import { listFiles } from "../store/stored-file.ts";

/** Lists files, page by page. */
export const listFilesTool = defineTool({
  name: "list-files",
  title: "List files",
  description: "Lists the tenant's files in the order of their paths, all of them or those in a folder, page by page.",
  scope: "mcp:read",
  permission: "read:files",
  classification: "confidential",
  awsCalls: LISTS,
  input: z.object({
    folder: z.string().optional().describe("Only what is in this folder and below it"),
    after: z.string().optional().describe("The `next` of the page before"),
    limit: z.int().min(1).max(500).default(100),
  }),
  output: z.object({
    files: z.array(z.object({ path: z.string(), size: z.int(), modified: z.iso.datetime() })),
    next: z.string().optional(),
  }),
  run: async (args, call: FilesCall) => {
    const { objects, next } = await listFiles(call, args);
    const files = objects.map(({ key, size, modified }) => ({ path: key, size, modified: modified.toISOString() }));
    return { files, ...(next !== undefined && { next }) };
  },
});
