import { z } from "zod";
import { Problem } from "../../../shared/problem.ts";
import { defineTool } from "../../server/definition.ts";
import { textOf } from "../file-type.ts";
import { READS, WRITES, type FilesCall } from "../files-services.ts";
import { readFile, writeFile } from "../stored-file.ts";
import { parseTable, TABLE_FORMATS, writeTable, type TableFormat } from "../table-format.ts";

/** Rewrites a table in another format. */
export const convertFileTool = defineTool({
  name: "convert_file",
  title: "Convert a table",
  description:
    "Writes a table that is kept as CSV, JSON or XML in another of these formats; the endings of the paths tell which.",
  scope: "mcp:write",
  classification: "confidential",
  awsCalls: [...READS, ...WRITES],
  input: z.object({ from: z.string(), to: z.string(), overwrite: z.boolean().default(false) }),
  output: z.object({ path: z.string(), rows: z.int(), size: z.int() }),
  run: async ({ from, to, overwrite }, call: FilesCall) => {
    const [source, result] = [formatOf("from", from), formatOf("to", to)];
    const table = parseTable(source, textOf(from, await readFile(call, from)));
    const body = Buffer.from(writeTable(result, table));
    await writeFile(call, to, body, overwrite);
    return { path: to, rows: table.length, size: body.length };
  },
});

function formatOf(field: string, path: string): TableFormat {
  const ending = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  const format = TABLE_FORMATS.find((it) => it === ending);
  if (format !== undefined) return format;
  const message = `"${field}" must end in ${TABLE_FORMATS.join(", ")}`;
  throw new Problem("ERR_FILE_TYPE", `ending "${ending}"`, message, { field });
}
