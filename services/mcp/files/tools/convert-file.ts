import * as z from "zod";
import { defineTool } from "../../../libraries/mcp-host/definition/definition.ts";
import { convert } from "../formats/conversion.ts";
import { LARGEST_SOURCE_BYTES, READS, WRITES, type FilesCall } from "../files-services.ts";
import { writeFile } from "../store/stored-file.ts";

/** Rewrites a file in another format. */
export const convertFileTool = defineTool({
  name: "convert-file",
  title: "Convert a file",
  description:
    "Writes one of the tenant's files in another format; the extensions of the paths tell which: tables among CSV (also .csv.gz), JSON and XML, " +
    "images among PNG, JPEG and WebP, the text of a PDF into .txt. Cells that begin a formula are written into CSV after an apostrophe, numbers as they are.",
  scope: "mcp:write",
  permission: "write:files",
  classification: "confidential",
  awsCalls: [...READS, ...WRITES],
  input: z.object({
    from: z.string(),
    to: z.string(),
    overwrite: z.boolean().default(false),
    maxEdge: z.int().min(1).max(8_192).default(8_192).describe("Most pixels of an image in width and in height"),
  }),
  output: z.object({
    path: z.string(),
    size: z.int(),
    rows: z.int().optional().describe("of a table"),
    pages: z.int().optional().describe("of a PDF"),
    width: z.int().optional().describe("of an image, in pixels"),
    height: z.int().optional(),
  }),
  run: async ({ overwrite, ...request }, call: FilesCall) => {
    const { body, ...facts } = await convert(call, request);
    await writeFile(call, request.to, body, { overwrite, limit: LARGEST_SOURCE_BYTES });
    return { path: request.to, size: body.length, ...facts };
  },
});
