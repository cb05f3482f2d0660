import { DatabaseProblem } from "../database-problem.ts";
import { identifier } from "../statements/identifier.ts";
import type { DatabaseLimits } from "../services.ts";
import type { TenantTransaction, TextResult } from "../tenancy/session.ts";
import { jsonOf, type Json } from "../statements/values.ts";

const FIRST_FETCH = 16;
const MOST_FETCHED = 1_000;

/** A query, and in which order its pages follow each other. */
export interface PagedQuery {
  readonly sql: string;
  readonly parameters: readonly (string | null)[];
  /** Result columns that together name each row once and are never null. */
  readonly order?: { readonly columns: readonly string[]; readonly descending: boolean };
  /** The values of those columns in the last row of the page before. */
  readonly after?: readonly string[];
}

/** As many rows as may be answered, and where the next page begins. */
export interface Page {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly Json[])[];
  readonly isTruncated: boolean;
  /** Absent without an order, or if there is no further row. */
  readonly after?: readonly string[];
}

/**
 * Reads one page through a cursor of the server. `DECLARE … CURSOR FOR` is what makes the statement a query: PostgreSQL's
 * own grammar admits nothing else there, and refuses a WITH that changes data.
 */
export async function readPage(
  transaction: TenantTransaction,
  query: PagedQuery,
  limits: DatabaseLimits,
): Promise<Page> {
  const values = [...query.parameters, ...(query.after ?? [])];
  await transaction.run(`DECLARE page NO SCROLL CURSOR FOR\n${pagedSql(query)}\n`, values);
  const collected = new Collected(limits);
  let result: TextResult;
  do {
    const count = collected.nextCount();
    result = await transaction.run(`FETCH ${count} FROM page`);
    collected.add(result);
    if (result.rows.length < count) break;
  } while (!collected.isTruncated);
  const columns = await columnsOf(transaction, result.fields);
  const after = collected.isTruncated ? keyOf(query.order?.columns, result, collected.last) : undefined;
  return {
    columns,
    rows: collected.rows,
    isTruncated: collected.isTruncated,
    ...(after !== undefined && { after }),
  };
}

/** The statement of one page; `sql` has balanced parentheses, and the line break ends a comment at its end. */
export function pagedSql({ sql, parameters, order, after }: PagedQuery): string {
  if (order === undefined) return sql;
  const columns = order.columns.map((it) => `page.${identifier(it)}`);
  const marks = columns.map((_, i) => `$${parameters.length + i + 1}`);
  const past = `WHERE ROW(${columns.join(", ")}) ${order.descending ? "<" : ">"} ROW(${marks.join(", ")})`;
  const sorted = columns.map((it) => `${it} ${order.descending ? "DESC" : "ASC"}`).join(", ");
  return `SELECT * FROM (\n${sql}\n) AS page ${after === undefined ? "" : past} ORDER BY ${sorted}`;
}

/** Rows up to the limits; fetches grow or shrink with the size of the rows that were seen. */
class Collected {
  readonly rows: (readonly Json[])[] = [];
  isTruncated = false;
  last: readonly (string | null)[] = [];
  private bytes = 0;
  private readonly limits: DatabaseLimits;

  constructor(limits: DatabaseLimits) {
    this.limits = limits;
  }

  nextCount(): number {
    const { maxRows, maxBytes } = this.limits;
    const rest = maxRows - this.rows.length + 1;
    if (this.rows.length === 0) return Math.min(rest, FIRST_FETCH);
    const fitting = Math.ceil((maxBytes - this.bytes) / (this.bytes / this.rows.length)) + 1;
    return Math.max(1, Math.min(rest, fitting, MOST_FETCHED));
  }

  add({ rows, fields }: TextResult): void {
    for (const row of rows) {
      const values = row.map((it, i) => jsonOf(it, fields[i]?.dataTypeID ?? 0));
      const bytes = Buffer.byteLength(JSON.stringify(values));
      this.isTruncated = this.rows.length >= this.limits.maxRows || this.bytes + bytes > this.limits.maxBytes;
      if (this.isTruncated && this.rows.length === 0)
        throw new DatabaseProblem("ERR_RESULT_TOO_LARGE", `a single row exceeds ${this.limits.maxBytes} bytes`);
      if (this.isTruncated) return;
      this.rows.push(values);
      this.bytes += bytes;
      this.last = row;
    }
  }
}

function keyOf(
  columns: readonly string[] | undefined,
  { fields }: TextResult,
  row: readonly (string | null)[],
): readonly string[] | undefined {
  return columns?.map((name) => {
    const value = row[fields.findIndex((it) => it.name === name)];
    if (typeof value === "string") return value;
    throw new DatabaseProblem("ERR_STATEMENT_FAILED", `order column ${name} is null in a row`, { field: "orderBy" });
  });
}

async function columnsOf(transaction: TenantTransaction, fields: TextResult["fields"]) {
  const types = fields.map(({ dataTypeID }) => dataTypeID);
  const { rows } = await transaction.run(
    "SELECT format_type(type, NULL) FROM unnest($1::oid[]) WITH ORDINALITY AS t(type, i) ORDER BY i",
    [types],
  );
  return fields.map(({ name }, i) => ({ name, type: rows[i]?.[0] ?? "unknown" }));
}
