import * as z from "zod";
import { defineTool } from "../../../libraries/mcp-host/definition/definition.ts";
import { fileTypeOf } from "../formats/file-type.ts";
import { READS, type FilesCall } from "../files-services.ts";
import { readFile, readText } from "../store/stored-file.ts";

/** Reads one file. */
export const readFileTool = defineTool({
  name: "read-file",
  title: "Read a file",
  description:
    "Reads one of the tenant's files: text as it is, unpacked if it is kept as .gz, and anything else in base64. " +
    "read-pdf and view-image read what is in PDFs and images.",
  scope: "mcp:read",
  permission: "read:files",
  classification: "confidential",
  awsCalls: READS,
  input: z.object({ path: z.string() }),
  output: z.object({
    path: z.string(),
    mediaType: z.string(),
    encoding: z.enum(["utf-8", "base64"]),
    content: z.string(),
  }),
  run: async ({ path }, call: FilesCall) => {
    const { mediaType, isText } = fileTypeOf(path);
    if (isText) return { path, mediaType, encoding: "utf-8" as const, content: await readText(call, path) };
    const content = (await readFile(call, path)).toString("base64");
    return { path, mediaType, encoding: "base64" as const, content };
  },
});
