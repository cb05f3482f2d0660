import * as z from "zod";
import { Problem } from "../../../libraries/service-kit/problem.ts";
import { defineTool } from "../../../libraries/mcp-host/definition/definition.ts";
import { extensionOf } from "../formats/file-type.ts";
import { LARGEST_SOURCE_BYTES, READS, type FilesCall } from "../files-services.ts";
import { heavyWork } from "../formats/heavy-work.ts";
import { pdfText } from "../formats/pdf-text.ts";
import { readFile } from "../store/stored-file.ts";

const MOST_CHARACTERS = 200_000;

/** Reads the text of a PDF. */
export const readPdfTool = defineTool({
  name: "read-pdf",
  title: "Read a PDF",
  description: "Reads the text of some pages of one of the tenant's PDFs. Scanned pages have none.",
  scope: "mcp:read",
  permission: "read:files",
  classification: "confidential",
  awsCalls: READS,
  input: z.object({
    path: z.string(),
    page: z.int().min(1).default(1).describe("The first page wanted, or the `next` of the call before"),
    maxPages: z.int().min(1).max(50).default(10),
  }),
  output: z.object({
    path: z.string(),
    pages: z.int().describe("How many the document has"),
    texts: z.array(z.object({ page: z.int(), text: z.string() })),
    cut: z.boolean().describe(`Whether a page has more than ${MOST_CHARACTERS} characters, and the rest is left out`),
    next: z.int().optional(),
  }),
  run: async ({ path, page, maxPages }, call: FilesCall) => {
    if (extensionOf(path) !== "pdf")
      throw new Problem("ERR_FILE_TYPE", `"${path}"`, '"path" must end in pdf', { field: "path" });
    const { pages, texts, isCut } = await heavyWork(call, async () => {
      const body = await readFile(call, path, LARGEST_SOURCE_BYTES);
      return pdfText(body, { firstPage: page, maxPages, maxCharacters: MOST_CHARACTERS }, call.signal);
    });
    const next = page + texts.length;
    return {
      path,
      pages,
      texts: texts.map((text, index) => ({ page: page + index, text })),
      cut: isCut,
      ...(next <= pages && { next }),
    };
  },
});
