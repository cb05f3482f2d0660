import type { Deprecation, ServerDefinition, Tool } from "../../libraries/mcp-host/definition/definition.ts";
import { answerQuestion, summariseTable } from "./prompts.ts";
import { table, tables } from "./resources.ts";
import type { DatabaseServices } from "./services.ts";
import { deleteRows } from "./tools/delete-rows.ts";
import { describeSchema } from "./tools/describe-schema.ts";
import { describeTableTool } from "./tools/describe-table.ts";
import { explain } from "./tools/explain.ts";
import { insertRows } from "./tools/insert-rows.ts";
import { listTablesTool } from "./tools/list-tables.ts";
import { query, queryOfOnePage } from "./tools/query.ts";
import { runQuery } from "./tools/run-query.ts";
import { updateRows } from "./tools/update-rows.ts";

type Offer = Omit<ServerDefinition<DatabaseServices>, "name" | "title" | "version">;

const CHANGES = [insertRows, updateRows, deleteRows];
const BY_MAJOR_2 = { since: "2.0.0", on: "2026-02-02" };

/** What each retained major offers: the same code, seen as the clients of that major know it. */
const RETAINED_MAJORS: Readonly<Record<string, Offer>> = {
  1: {
    instructions: "Find tables by list-tables and describe-table before you run a query.",
    tools: [runQuery, listTablesTool, describeTableTool],
  },
  2: {
    instructions:
      "Find tables by list-tables and describe-schema before you query. Changes are dry runs unless told otherwise.",
    tools: [
      queryOfOnePage,
      listTablesTool,
      describeSchema,
      ...CHANGES,
      deprecated(runQuery, { ...BY_MAJOR_2, removeOn: "2027-02-02", use: "query" }),
      deprecated(describeTableTool, { ...BY_MAJOR_2, removeOn: "2026-08-31", use: "describe-schema" }),
    ],
    resources: [tables, table],
  },
  3: {
    instructions:
      "Find tables by list-tables and describe-schema before you query. Changes are dry runs unless told otherwise.",
    tools: [
      query,
      explain,
      listTablesTool,
      describeSchema,
      ...CHANGES,
      deprecated(runQuery, { ...BY_MAJOR_2, removeOn: "2027-02-02", use: "query" }),
    ],
    resources: [tables, table],
    prompts: [answerQuestion, summariseTable],
  },
};

/** The MCP server in front of a tenant's PostgreSQL database, as its major offers it; throws a TypeError for a major that is not retained. */
export function databaseServer(version: string): ServerDefinition<DatabaseServices> {
  const major = version.split(".", 1)[0] ?? "";
  const offer = Object.hasOwn(RETAINED_MAJORS, major) ? RETAINED_MAJORS[major] : undefined;
  if (offer === undefined) throw new TypeError(`mcp-database has no major "${major}"`);
  return { name: "mcp-database", title: "Database", version, ...offer };
}

function deprecated(tool: Tool<DatabaseServices>, notice: Deprecation): Tool<DatabaseServices> {
  return { ...tool, deprecated: notice };
}
