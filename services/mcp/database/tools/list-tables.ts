import * as z from "zod";
import { defineTool } from "../../../libraries/mcp-host/definition/definition.ts";
import { listTables } from "../catalogue.ts";
import type { DatabaseServices } from "../services.ts";

const input = z.object({});
const output = z.object({
  tables: z.array(z.object({ name: z.string(), description: z.string().nullable(), writable: z.boolean() })),
});

/** Names the tables that can be queried. */
export const listTablesTool = defineTool<DatabaseServices, typeof input, typeof output>({
  name: "list-tables",
  title: "List the tables",
  description: "Names the tables that can be queried, and says which of them can be changed.",
  scope: "mcp:read",
  permission: "read:data",
  classification: "internal",
  awsCalls: ["rds-db:connect"],
  input,
  output,
  async run(_args, { context, signal, services: { database, writableTables } }) {
    const tables = await database.read(context, signal, listTables);
    return { tables: tables.map((it) => ({ ...it, writable: writableTables.has(it.name) })) };
  },
});
