import * as z from "zod";
import { defineTool } from "../../../libraries/mcp-host/definition/definition.ts";
import { fileTypeOf, textOf } from "../formats/file-type.ts";
import { LARGEST_FILE_BYTES, WRITES, type FilesCall } from "../files-services.ts";
import { writeFile } from "../store/stored-file.ts";

/** Writes one file. */
export const writeFileTool = defineTool({
  name: "write-file",
  title: "Write a file",
  description:
    "Writes one of the tenant's files whole; an existing one is only replaced if asked to. prepare-upload is for larger ones.",
  scope: "mcp:write",
  permission: "write:files",
  classification: "confidential",
  awsCalls: WRITES,
  input: z
    .object({
      path: z.string(),
      content: z.string(),
      encoding: z.enum(["utf-8", "base64"]).default("utf-8"),
      overwrite: z.boolean().default(false),
    })
    .refine(({ encoding, content }) => encoding === "utf-8" || z.base64().safeParse(content).success, {
      path: ["content"],
      message: "must be base64",
    }),
  output: z.object({ path: z.string(), size: z.int() }),
  run: async ({ path, encoding, content, overwrite }, call: FilesCall) => {
    const { isText } = fileTypeOf(path);
    const body = Buffer.from(content, encoding);
    if (isText) await textOf(path, body, LARGEST_FILE_BYTES);
    await writeFile(call, path, body, { overwrite });
    return { path, size: body.length };
  },
});
