import * as z from "zod";
import { defineTool } from "../../../libraries/mcp-host/definition/definition.ts";
import type { DatabaseServices } from "../services.ts";
import { changeInput, changeOutput, makeChange, recordInput } from "./make-change.ts";

const input = changeInput.extend({
  rows: z.array(recordInput).min(1).max(100).describe("values by column, the same columns in each row"),
});

/** Adds rows to a table. */
export const insertRows = defineTool<DatabaseServices, typeof input, typeof changeOutput>({
  name: "insert-rows",
  title: "Insert rows",
  description: "Adds rows to a table. By default a dry run that shows the rows as they would be.",
  scope: "mcp:write",
  permission: "write:data",
  classification: "confidential",
  awsCalls: ["rds-db:connect"],
  input,
  output: changeOutput,
  run: ({ table, rows, ...how }, call) => makeChange({ kind: "insert", table, rows }, how, call),
});
