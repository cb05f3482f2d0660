import * as z from "zod";
import { defineTool } from "../../../libraries/mcp-host/definition/definition.ts";
import { checkPlan, planOf } from "../statements/plan.ts";
import type { DatabaseServices } from "../services.ts";
import { checkNames, checkStatement } from "../statements/statement.ts";
import { statementInput, textParameters } from "./schemas.ts";

const output = z.object({ plan: z.json() });

/** Shows how a query would be run. */
export const explain = defineTool<DatabaseServices, typeof statementInput, typeof output>({
  name: "explain",
  title: "Explain a query",
  description: "Shows the plan of a query without running it, and without estimates.",
  scope: "mcp:read",
  permission: "read:data",
  classification: "internal",
  awsCalls: ["rds-db:connect"],
  input: statementInput,
  output,
  async run({ sql, parameters }, { context, signal, services }) {
    const values = textParameters(parameters);
    const names = await checkStatement(sql, values.length);
    const plan = await services.database.read(context, signal, async (transaction) => {
      await checkNames(transaction, names);
      return planOf(transaction, { sql, parameters: values });
    });
    checkPlan(plan);
    return { plan: plan as z.input<typeof output>["plan"] };
  },
});
