import * as z from "zod";
import { defineTool } from "../../../libraries/mcp-host/definition/definition.ts";
import { PremiseReport, premiseReportOf } from "../sources/premise-report.ts";
import { READS_DOCUMENTS, type DevelopmentCall } from "../services.ts";

/** Tells whether the platform's premises hold. */
export const premiseReport = defineTool({
  name: "premise-report",
  title: "Show whether the premises hold",
  description:
    "Gives the verdict on each premise of the platform for the stacks that the tenant stands on, as of the last deployment, " +
    "with every finding and its remedy.",
  scope: "mcp:read",
  permission: "read:deployments",
  classification: "internal",
  awsCalls: READS_DOCUMENTS,
  input: z.object({}),
  output: PremiseReport,
  run: (_args, call: DevelopmentCall) => premiseReportOf(call),
});
