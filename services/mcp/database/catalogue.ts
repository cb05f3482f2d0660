import { DatabaseProblem } from "./database-problem.ts";
import type { TenantTransaction } from "./tenancy/session.ts";

/** A column as a caller may know it. */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly isNullable: boolean;
  readonly hasDefault: boolean;
  readonly description: string | null;
}

/** A table, its columns and what names its rows. */
export interface Table {
  readonly name: string;
  readonly description: string | null;
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[];
  readonly references: readonly { readonly columns: readonly string[]; readonly table: string }[];
}

/** The tables and views that the role of the transaction may read, and nothing of how full they are. */
export async function listTables(
  transaction: TenantTransaction,
): Promise<readonly { readonly name: string; readonly description: string | null }[]> {
  const { rows } = await transaction.run(
    `SELECT c.relname, obj_description(c.oid, 'pg_class') FROM pg_class c
     WHERE c.relnamespace = 'business'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
       AND has_any_column_privilege(c.oid, 'SELECT') ORDER BY c.relname`,
  );
  return rows.map(([name, description]) => ({ name: name ?? "", description: description ?? null }));
}

/** One table; that it does not exist and that it may not be read are the same answer. */
export async function describeTable(transaction: TenantTransaction, name: string): Promise<Table> {
  const tables = await listTables(transaction);
  const table = tables.find((it) => it.name === name);
  if (table === undefined)
    throw new DatabaseProblem("ERR_TABLE_UNKNOWN", `table ${name} is unknown; list-tables names those that exist`, {
      field: "table",
    });
  const columns = await columnsOf(transaction, name);
  const keys = await keysOf(transaction, name);
  return {
    ...table,
    columns,
    primaryKey: keys.find(({ type }) => type === "p")?.columns ?? [],
    references: keys.flatMap(({ type, columns: own, table: target }) =>
      type === "f" ? [{ columns: own, table: target }] : [],
    ),
  };
}

async function columnsOf(transaction: TenantTransaction, name: string): Promise<readonly Column[]> {
  const { rows } = await transaction.run(
    `SELECT a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull, a.atthasdef,
       col_description(a.attrelid, a.attnum)
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE c.relnamespace = 'business'::regnamespace AND c.relname = $1 AND a.attnum > 0 AND NOT a.attisdropped
       AND has_column_privilege(a.attrelid, a.attnum, 'SELECT')
     ORDER BY a.attnum`,
    [name],
  );
  return rows.map(([column, type, isNullable, hasDefault, description]) => ({
    name: column ?? "",
    type: type ?? "",
    isNullable: isNullable === "t",
    hasDefault: hasDefault === "t",
    description: description ?? null,
  }));
}

async function keysOf(transaction: TenantTransaction, name: string) {
  const { rows } = await transaction.run(
    `SELECT k.contype, coalesce(f.relname, ''), to_json(array(
       SELECT a.attname FROM unnest(k.conkey) WITH ORDINALITY AS u(attnum, i)
       JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum ORDER BY u.i))
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid LEFT JOIN pg_class f ON f.oid = k.confrelid
     WHERE c.relnamespace = 'business'::regnamespace AND c.relname = $1 AND k.contype IN ('p', 'f') ORDER BY k.conname`,
    [name],
  );
  return rows.map(([type, table, columns]) => ({
    type,
    table: table ?? "",
    columns: JSON.parse(columns ?? "[]") as readonly string[],
  }));
}
