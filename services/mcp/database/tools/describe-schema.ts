import * as z from "zod";
import { defineTool } from "../../../libraries/mcp-host/definition/definition.ts";
import { describeTable, listTables } from "../catalogue.ts";
import type { DatabaseServices } from "../services.ts";
import { identifierText } from "./schemas.ts";

const input = z.object({ table: identifierText.optional().describe("only this table; all without it") });
const column = z.object({
  name: z.string(),
  type: z.string(),
  isNullable: z.boolean(),
  hasDefault: z.boolean(),
  description: z.string().nullable(),
});
const output = z.object({
  tables: z.array(
    z.object({
      name: z.string(),
      description: z.string().nullable(),
      columns: z.array(column),
      primaryKey: z.array(z.string()),
      references: z.array(z.object({ columns: z.array(z.string()), table: z.string() })),
    }),
  ),
});

/** Describes the tables, their columns and keys. */
export const describeSchema = defineTool<DatabaseServices, typeof input, typeof output>({
  name: "describe-schema",
  title: "Describe the schema",
  description: "Describes tables: columns, types, primary key and references.",
  scope: "mcp:read",
  permission: "read:data",
  classification: "internal",
  awsCalls: ["rds-db:connect"],
  input,
  output,
  async run({ table }, { context, signal, services: { database } }) {
    const tables = await database.read(context, signal, async (transaction) => {
      const names = table === undefined ? (await listTables(transaction)).map(({ name }) => name) : [table];
      const described = [];
      for (const name of names) described.push(await describeTable(transaction, name));
      return described;
    });
    return { tables: structuredClone(tables) as z.input<typeof output>["tables"] };
  },
});
