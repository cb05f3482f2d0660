import { Problem } from "../../../libraries/service-kit/problem.ts";

/** Rows of a table; every value is text, and a cell that is not there is absent. */
export type Table = readonly { readonly [column: string]: string }[];

/** The columns of a table, in the order in which they first occur. */
export function columnsOf(table: Table): readonly string[] {
  const columns = new Set<string>();
  for (const row of table) for (const column of Object.keys(row)) columns.add(column);
  return [...columns];
}

/** Why something is not a table. */
export function tableFault(reason: string): Problem {
  return new Problem("ERR_TABLE_INVALID", reason, `the file is not a table: ${reason}`);
}

/** Why a table is not converted: `reason` names the limit. */
export function tableTooLarge(reason: string): Problem {
  return new Problem("ERR_TABLE_TOO_LARGE", reason, `the table is not converted: ${reason}`);
}

/** A row by its cells; no column can be mistaken for something that every object has. */
export function rowOf(cells: readonly (readonly [column: string, value: string])[]): Table[number] {
  const row: { [column: string]: string } = Object.create(null) as { [column: string]: string };
  for (const [column, value] of cells) {
    if (column in row) throw tableFault(`column "${column}" occurs twice`);
    row[column] = value;
  }
  return row;
}
