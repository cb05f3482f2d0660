import { CsvError, parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { columnsOf, rowOf, tableFault, tableTooLarge, type Table } from "./table.ts";

/** Most cells that are written as CSV, which has one for each column in each row. */
const MOST_CELLS = 1_000_000;
const CELLS_AT_ONCE = 1_000;

/** Reads CSV (RFC 4180) whose first line names the columns; an empty cell is absent. Throws `ERR_TABLE_INVALID`. */
export function parseCsv(text: string): Table {
  const [header, ...rows] = recordsOf(text);
  if (header === undefined) return [];
  if (new Set(header).size < header.length) throw tableFault("a column occurs twice");
  return rows.map((cells) =>
    rowOf(header.flatMap((column, at) => (cells[at] === "" ? [] : [[column, cells[at] ?? ""]]))),
  );
}

/**
 * Writes CSV with the line ends of RFC 4180, some rows at a time, and formulas as text. Throws `ERR_TABLE_TOO_LARGE` before the first row, because
 * a table with few cells in many rows and columns is a large CSV.
 */
export function* writeCsv(table: Table): Iterable<string> {
  const columns = columnsOf(table);
  const cells = table.length * columns.length;
  if (cells > MOST_CELLS) {
    const size = `${cells} cells as CSV (${table.length} rows of ${columns.length} columns)`;
    throw tableTooLarge(`the table would have ${size}, more than ${MOST_CELLS}`);
  }
  if (columns.length === 0) return;
  if (new Set(columns.map(asText)).size < columns.length)
    throw tableFault("two columns have the same name once formulas are written as text");
  yield written([columns]);
  const rowsAtOnce = Math.ceil(CELLS_AT_ONCE / columns.length);
  for (let at = 0; at < table.length; at += rowsAtOnce) {
    yield written(
      table
        .slice(at, at + rowsAtOnce)
        .map((row) => columns.map((column) => (Object.hasOwn(row, column) ? (row[column] ?? "") : ""))),
    );
  }
}

function written(records: (readonly string[])[]): string {
  return stringify(records, { record_delimiter: "\r\n", quote_record_delimiter: true, cast: { string: asText } });
}

const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A cell that a spreadsheet would run as a formula, after an apostrophe, which makes it text (OWASP, "CSV injection"); numbers stay as they are. */
function asText(cell: string): string {
  return FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
}

function recordsOf(text: string): string[][] {
  try {
    return parse(text, { bom: true, record_delimiter: ["\r\n", "\n", "\r"] });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error["lines"] === "number" ? ` at line ${error["lines"]}` : "";
    throw tableFault(`${FAULTS[error.code] ?? "it is not CSV"}${line}`);
  }
}

/** The library's own messages quote the file. */
const FAULTS: Readonly<Record<string, string>> = {
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: "a row has more or fewer cells than the header",
  CSV_QUOTE_NOT_CLOSED: "a quote is not closed",
  CSV_INVALID_CLOSING_QUOTE: "something follows a closing quote",
  INVALID_OPENING_QUOTE: "a cell that is not quoted has a quote",
};
