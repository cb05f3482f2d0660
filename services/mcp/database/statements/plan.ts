import { FUNCTIONS } from "./allowed-functions.ts";
import { DatabaseProblem } from "../database-problem.ts";
import pg from "pg";
import type { TenantTransaction } from "../tenancy/session.ts";
import { placedFrom } from "./sql-state.ts";

/** A step of PostgreSQL's plan, as EXPLAIN prints it. */
export interface PlanNode {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Function Name"?: string;
  readonly Schema?: string;
  readonly Plans?: readonly PlanNode[];
  readonly [property: string]: unknown;
}

/** A query, where in it the text of the caller begins, and its values. */
export interface PlannedQuery {
  readonly sql: string;
  readonly start?: number;
  readonly parameters: readonly (string | null)[];
}

const EXPLAIN = "EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON) DECLARE page NO SCROLL CURSOR FOR\n";

/**
 * How PostgreSQL would run a query. Without costs and row counts, which it estimates from the rows of all tenants, and
 * never by running it, which would count what the policies take away.
 */
export async function planOf(
  transaction: TenantTransaction,
  { sql, start = 0, parameters }: PlannedQuery,
): Promise<PlanNode> {
  const { rows } = await transaction.run(`${EXPLAIN}${sql}\n`, parameters).catch((error: unknown) => {
    throw error instanceof pg.DatabaseError ? placedFrom(error, EXPLAIN.length + start) : error;
  });
  const [root] = JSON.parse(rows[0]?.[0] ?? "[]") as readonly { readonly Plan?: PlanNode }[];
  if (root?.Plan === undefined) throw new TypeError("EXPLAIN gave no plan");
  return root.Plan;
}

/**
 * Refuses a plan that reads anything but tables of the tenants and functions that we know: PostgreSQL itself has resolved
 * every name and opened every view, so that nothing of its catalogue, which all tenants share, is reached by another name.
 */
export function checkPlan(node: PlanNode): void {
  const { "Relation Name": relation, "Function Name": called, Schema: schema } = node;
  if (relation !== undefined && schema !== "business")
    throw refusal(`the statement may not read ${schema ?? "?"}.${relation}; list-tables names what it may`);
  if (called !== undefined && (schema !== "pg_catalog" || !FUNCTIONS.has(called)))
    throw refusal(`the statement may not call ${called}`);
  for (const it of node["Plans"] ?? []) checkPlan(it);
}

function refusal(message: string): DatabaseProblem {
  return new DatabaseProblem("ERR_STATEMENT_REFUSED", message, { field: "sql" });
}
