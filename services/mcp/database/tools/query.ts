import * as z from "zod";
import { defineTool, type Call } from "../../../libraries/mcp-host/definition/definition.ts";
import { openPageToken, pageToken } from "../pages/page-token.ts";
import { pagedSql, readPage, type PagedQuery } from "../pages/page.ts";
import { checkPlan, planOf } from "../statements/plan.ts";
import type { DatabaseServices } from "../services.ts";
import { checkNames, checkStatement } from "../statements/statement.ts";
import { columns, identifierText, mutable, rows, statementInput, textParameters } from "./schemas.ts";

const input = statementInput.extend({
  orderBy: z
    .object({ columns: z.array(identifierText).min(1).max(8), descending: z.boolean().default(false) })
    .optional()
    .describe("columns of the result that together name each row once; needed to get further pages"),
  maxRows: z.int().min(1).max(10_000).optional(),
  cursor: z.string().max(8_192).optional().describe("nextCursor of the page before, with all else the same"),
});

const output = z.object({ columns, rows, truncated: z.boolean(), nextCursor: z.string().optional() });

const DECLARED = {
  name: "query",
  title: "Query the database",
  description:
    "Runs one SQL query (PostgreSQL; SELECT, WITH, VALUES) over the tables that list-tables names. Pass values as $1, $2. " +
    "Exact values (numeric, bigint) come as strings, bytea in base64, times in RFC 3339.",
  scope: "mcp:read",
  permission: "read:data",
  classification: "confidential",
  awsCalls: ["rds-db:connect"],
} as const;

/** Reads the tenant's rows by a single SQL query. */
export const query = defineTool<DatabaseServices, typeof input, typeof output>({
  ...DECLARED,
  input,
  output,
  run: readRows,
});

const onePage = output.omit({ nextCursor: true });

/** The same, before there were pages. */
export const queryOfOnePage = defineTool<DatabaseServices, typeof statementInput, typeof onePage>({
  ...DECLARED,
  input: statementInput,
  output: onePage,
  run: readRows,
});

/** The rows of one query; only an ordered one has further pages. */
export async function readRows(
  { sql, parameters, orderBy, maxRows, cursor }: z.output<typeof statementInput> & Partial<z.output<typeof input>>,
  { context, signal, services }: Pick<Call<DatabaseServices>, "context" | "signal" | "services">,
): Promise<z.input<typeof output>> {
  const { database, limits, cursorKey } = services;
  const values = textParameters(parameters);
  const names = await checkStatement(sql, values.length);
  const pageOf = { tenantId: context.tenantId, sql, parameters: values, order: orderBy };
  const paged: PagedQuery = {
    sql,
    parameters: values,
    ...(orderBy !== undefined && { order: orderBy }),
    ...(cursor !== undefined && { after: openPageToken(cursorKey, pageOf, cursor) }),
  };
  const most = Math.min(maxRows ?? limits.maxRows, limits.maxRows);
  const page = await database.read(context, signal, async (transaction) => {
    await checkNames(transaction, names);
    const text = pagedSql(paged);
    const planned = { sql: text, start: text.indexOf(sql), parameters: [...values, ...(paged.after ?? [])] };
    checkPlan(await planOf(transaction, planned));
    return readPage(transaction, paged, { ...limits, maxRows: most });
  });
  return {
    columns: [...page.columns],
    rows: mutable(page.rows),
    truncated: page.isTruncated,
    ...(page.after !== undefined && { nextCursor: pageToken(cursorKey, pageOf, page.after) }),
  };
}
