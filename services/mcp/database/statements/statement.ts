import { FUNCTIONS, TYPES } from "./allowed-functions.ts";
import { DatabaseProblem } from "../database-problem.ts";
import type { TenantTransaction } from "../tenancy/session.ts";
import { type ParsedStatement, type ParseFields, parseSql, SqlSyntaxFault } from "./sql-parser.ts";
import { checkGrowth } from "./statement-growth.ts";
import { namesIn, StatementFault, type StatementNames } from "./statement-names.ts";

/**
 * Refuses what is not one query over functions, operators and types that we know, by PostgreSQL's own grammar and before the server
 * sees it. What the names in it mean is for `checkNames` to ask. Throws a `DatabaseProblem`.
 */
export async function checkStatement(sql: string, parameterCount: number): Promise<StatementNames> {
  if (sql.includes("\0") || !sql.isWellFormed()) throw refusal("the statement is not well-formed text");
  try {
    const query = onlyQuery(await parseSql(sql));
    const names = namesIn(query);
    checkGrowth(query);
    if (names.highestParameter === parameterCount) return names;
    throw refusal(`the statement uses parameters up to $${names.highestParameter}, but ${parameterCount} are given`);
  } catch (error) {
    throw refusalOf(error);
  }
}

function onlyQuery([statement, ...others]: readonly ParsedStatement[]): ParseFields {
  if (statement?.stmt["SelectStmt"] === undefined)
    throw refusal("the statement must be one SELECT, WITH, VALUES or TABLE");
  if (others.length > 0 || statement.stmt_len !== undefined || statement.stmt_location !== undefined)
    throw refusal("the statement must be a single one, without semicolon");
  return statement.stmt;
}

function refusalOf(error: unknown): unknown {
  if (error instanceof SqlSyntaxFault) return refusal(`the statement cannot be read: ${error.message}`);
  if (error instanceof StatementFault) return refusal(`the statement ${error.message}`);
  return error instanceof RangeError ? refusal("the statement is nested too deeply") : error;
}

/** Names that mean a function or operator which is not PostgreSQL's own, or a function with one argument that looks something up or changes something. */
const CALLED_BY_NAME = `
  SELECT proname FROM pg_proc
  WHERE proname = ANY ($1) AND pronargs >= 1 AND pronargs - pronargdefaults <= 1
    AND (provolatile <> 'i' OR pronamespace <> 'pg_catalog'::regnamespace)
  UNION ALL
  SELECT proname FROM pg_proc p WHERE proname = ANY ($2) AND pronamespace = 'business'::regnamespace
  UNION ALL
  SELECT oprname FROM pg_operator WHERE oprname = ANY ($3) AND oprnamespace <> 'pg_catalog'::regnamespace`;

/**
 * Refuses names by which the database would call something else than what `checkStatement` knows: functions in the notation of a column,
 * and functions and operators that somebody has added to PostgreSQL's own. Throws a `DatabaseProblem`.
 */
export async function checkNames(transaction: TenantTransaction, names: StatementNames): Promise<void> {
  const fields = [...names.fields].filter((it) => !FUNCTIONS.has(it) && !TYPES.has(it));
  const { rows } = await transaction.run(CALLED_BY_NAME, [
    fields,
    [...names.fields, ...names.functions],
    [...names.operators],
  ]);
  const name = rows[0]?.[0];
  if (typeof name === "string") throw refusal(`the statement may not call ${name}`);
}

function refusal(message: string): DatabaseProblem {
  return new DatabaseProblem("ERR_STATEMENT_REFUSED", message, { field: "sql" });
}
