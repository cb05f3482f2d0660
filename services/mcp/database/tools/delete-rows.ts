import { defineTool } from "../../../libraries/mcp-host/definition/definition.ts";
import type { DatabaseServices } from "../services.ts";
import { changeInput, changeOutput, makeChange, recordInput } from "./make-change.ts";

const input = changeInput.extend({
  where: recordInput.describe("values that the rows have"),
});

/** Deletes the rows whose columns equal the given values. */
export const deleteRows = defineTool<DatabaseServices, typeof input, typeof changeOutput>({
  name: "delete-rows",
  title: "Delete rows",
  description: "Deletes the rows whose columns equal the given values. By default a dry run that shows which.",
  scope: "mcp:write",
  permission: "write:data",
  classification: "confidential",
  awsCalls: ["rds-db:connect"],
  input,
  output: changeOutput,
  run: ({ table, where, ...how }, call) => makeChange({ kind: "delete", table, where }, how, call),
});
