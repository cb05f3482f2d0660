import { describeTable, type Column, type Table } from "./catalogue.ts";
import { DatabaseProblem } from "./database-problem.ts";
import { identifier } from "./statements/identifier.ts";
import type { DatabaseServices } from "./services.ts";
import type { TenantTransaction } from "./tenancy/session.ts";
import { jsonOf, type Json } from "./statements/values.ts";

/** Values by column. */
export interface Record {
  readonly [column: string]: Json;
}

/** What is to be changed; rows are chosen by equality alone, and never all. */
export type Change =
  | { readonly kind: "insert"; readonly table: string; readonly rows: readonly Record[] }
  | { readonly kind: "update"; readonly table: string; readonly where: Record; readonly set: Record }
  | { readonly kind: "delete"; readonly table: string; readonly where: Record };

/** The rows as they are after the change, or were before they were deleted. */
export interface Changed {
  readonly affected: number;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Json[])[];
}

/** Makes a change, whose statement is ours: names come from the catalogue, values are parameters. */
export async function applyChange(
  transaction: TenantTransaction,
  change: Change,
  { limits, writableTables }: Pick<DatabaseServices, "limits" | "writableTables">,
): Promise<Changed> {
  if (!writableTables.has(change.table))
    throw refusal(`table ${change.table} cannot be changed; these can: ${[...writableTables].join(", ")}`, "table");
  const table = await describeTable(transaction, change.table);
  const { text, values } = statementOf(change, table);
  const { rows, fields, rowCount } = await transaction.run(text, values);
  // What is checked at the end of a transaction must fail in a dry run too.
  await transaction.run("SET CONSTRAINTS ALL IMMEDIATE");
  if (rowCount > limits.maxChangedRows)
    throw new DatabaseProblem(
      "ERR_CHANGE_TOO_LARGE",
      `the change touches ${rowCount} rows; at most ${limits.maxChangedRows} may be`,
    );
  return {
    affected: rowCount,
    columns: fields.map(({ name }) => name),
    rows: rows.map((row) => row.map((it, i) => jsonOf(it, fields[i]?.dataTypeID ?? 0))),
  };
}

interface Statement {
  readonly text: string;
  readonly values: readonly (string | null)[];
}

function statementOf(change: Change, table: Table): Statement {
  const values: (string | null)[] = [];
  const mark = (name: string, value: Json): string => `$${values.push(textOf(value, columnOf(table, name)))}`;
  const target = `business.${identifier(table.name)}`;
  const text = {
    insert: (it: Change) => `INSERT INTO ${target} ${inserted(it as Change & { kind: "insert" }, table, mark)}`,
    update: (it: Change) => updated(it as Change & { kind: "update" }, target, mark),
    delete: (it: Change) => `DELETE FROM ${target} ${chosen((it as Change & { kind: "delete" }).where, mark)}`,
  }[change.kind](change);
  // Not all that there is: some columns may be hidden from the caller.
  const shown = table.columns.map(({ name }) => identifier(name)).join(", ");
  return { text: `${text} RETURNING ${shown}`, values };
}

type Mark = (name: string, value: Json) => string;

function inserted({ rows }: Change & { kind: "insert" }, table: Table, mark: Mark): string {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) throw refusal("a row has no column", "rows");
  for (const row of rows)
    if (Object.keys(row).length !== columns.length || columns.some((it) => !Object.hasOwn(row, it)))
      throw refusal("every row must give the same columns", "rows");
  const names = columns.map((it) => identifier(columnOf(table, it).name));
  const tuples = rows.map((row) => `(${columns.map((it) => mark(it, row[it] ?? null)).join(", ")})`);
  return `(${names.join(", ")}) VALUES ${tuples.join(", ")}`;
}

function updated({ set, where }: Change & { kind: "update" }, target: string, mark: Mark): string {
  const pairs = Object.entries(set).map(([name, value]) => `${identifier(name)} = ${mark(name, value)}`);
  if (pairs.length === 0) throw refusal("nothing is to be set", "set");
  return `UPDATE ${target} SET ${pairs.join(", ")} ${chosen(where, mark)}`;
}

function chosen(where: Record, mark: Mark): string {
  const pairs = Object.entries(where).map(([name, value]) =>
    value === null ? `${identifier(name)} IS NULL` : `${identifier(name)} = ${mark(name, value)}`,
  );
  if (pairs.length === 0) throw refusal("at least one column must choose the rows", "where");
  return `WHERE ${pairs.join(" AND ")}`;
}

/** The tenant is nobody's to write: the database fills it in. */
function columnOf(table: Table, name: string): Column {
  const column = table.columns.find((it) => it.name === name && name !== "tenant_id");
  if (column === undefined) throw refusal(`table ${table.name} has no column ${name} that can be used`, "column");
  return column;
}

function textOf(value: Json, { type, name }: Column): string | null {
  if (type.startsWith("json")) return value === null ? null : JSON.stringify(value);
  if (type === "bytea" && typeof value === "string") return `\\x${Buffer.from(value, "base64").toString("hex")}`;
  if (typeof value === "object" && value !== null)
    throw refusal(`column ${name} of type ${type} takes no ${typeof value}`, "column");
  return value === null ? null : String(value);
}

function refusal(message: string, field: string): DatabaseProblem {
  return new DatabaseProblem("ERR_CHANGE_REFUSED", message, { field });
}
