import { z } from "zod";
import { defineTool } from "../../server/definition.ts";
import { isText, mediaTypeOf, textOf } from "../file-type.ts";
import { READS, type FilesCall } from "../files-services.ts";
import { readFile } from "../stored-file.ts";

/** Reads one file. */
export const readFileTool = defineTool({
  name: "read_file",
  title: "Read a file",
  description: "Reads one of the tenant's files, text as it is and anything else in base64.",
  scope: "mcp:read",
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
    const mediaType = mediaTypeOf(path);
    const body = await readFile(call, path);
    if (isText(mediaType)) return { path, mediaType, encoding: "utf-8" as const, content: textOf(path, body) };
    return { path, mediaType, encoding: "base64" as const, content: body.toString("base64") };
  },
});
