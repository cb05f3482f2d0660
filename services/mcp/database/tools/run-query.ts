import * as z from "zod";
import { defineTool } from "../../../libraries/mcp-host/definition/definition.ts";
import type { DatabaseServices } from "../services.ts";
import { readRows } from "./query.ts";
import { statementInput } from "./schemas.ts";

const input = z.object({ query: statementInput.shape.sql });

/** What the first major had for reading: no values beside the text, and rows as a text of objects. */
export const runQuery = defineTool<DatabaseServices, typeof input>({
  name: "run-query",
  title: "Run a query",
  description: "Runs one SQL query and answers its rows as JSON text, an object for each.",
  scope: "mcp:read",
  permission: "read:data",
  classification: "confidential",
  awsCalls: ["rds-db:connect"],
  input,
  async run({ query: sql }, call) {
    const { columns, rows, truncated } = await readRows({ sql, parameters: [] }, call);
    const objects = rows.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i]])));
    return JSON.stringify({ rows: objects, truncated });
  },
});
