import * as z from "zod";
import { defineTool } from "../../../libraries/mcp-host/definition/definition.ts";
import { describeTable } from "../catalogue.ts";
import type { DatabaseServices } from "../services.ts";
import { identifierText } from "./schemas.ts";

const input = z.object({ table: identifierText });

/** What the first major had for the schema: one table at a time, as a text. */
export const describeTableTool = defineTool<DatabaseServices, typeof input>({
  name: "describe-table",
  title: "Describe a table",
  description: "Describes the columns and keys of one table, as JSON text.",
  scope: "mcp:read",
  permission: "read:data",
  classification: "internal",
  awsCalls: ["rds-db:connect"],
  input,
  run: async ({ table }, { context, signal, services: { database } }) =>
    JSON.stringify(await database.read(context, signal, (transaction) => describeTable(transaction, table))),
});
