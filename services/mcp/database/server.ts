import type { ServerDefinition } from "../server/definition.ts";
import { answerQuestion, summariseTable } from "./prompts.ts";
import { table, tables } from "./resources.ts";
import type { DatabaseServices } from "./services.ts";
import { deleteRows } from "./tools/delete-rows.ts";
import { describeSchema } from "./tools/describe-schema.ts";
import { explain } from "./tools/explain.ts";
import { insertRows } from "./tools/insert-rows.ts";
import { listTablesTool } from "./tools/list-tables.ts";
import { query } from "./tools/query.ts";
import { updateRows } from "./tools/update-rows.ts";

/** The MCP server in front of a tenant's PostgreSQL database. */
export const databaseServer: ServerDefinition<DatabaseServices> = {
  name: "mcp-database",
  title: "Database",
  version: "1.0.0",
  instructions:
    "Find tables by list-tables and describe-schema before you query. Changes are dry runs unless told otherwise.",
  tools: [query, explain, listTablesTool, describeSchema, insertRows, updateRows, deleteRows],
  resources: [tables, table],
  prompts: [answerQuestion, summariseTable],
};
