import { defineTool } from "../../../libraries/mcp-host/definition/definition.ts";
import type { DatabaseServices } from "../services.ts";
import { changeInput, changeOutput, makeChange, recordInput } from "./make-change.ts";

const input = changeInput.extend({
  where: recordInput.describe("values that the rows have now"),
  set: recordInput.describe("values that they get"),
});

/** Changes the rows whose columns equal the given values. */
export const updateRows = defineTool<DatabaseServices, typeof input, typeof changeOutput>({
  name: "update-rows",
  title: "Update rows",
  description:
    "Changes the rows whose columns equal the given values. By default a dry run that shows the rows as they would be.",
  scope: "mcp:write",
  permission: "write:data",
  classification: "confidential",
  awsCalls: ["rds-db:connect"],
  input,
  output: changeOutput,
  run: ({ table, where, set, ...how }, call) => makeChange({ kind: "update", table, where, set }, how, call),
});
