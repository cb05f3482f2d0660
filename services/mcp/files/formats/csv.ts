import { columnsOf, rowOf, tableFault, type Table } from "./table.ts";

/** Reads CSV (RFC 4180) whose first line names the columns; an empty cell is absent. */
export function parseCsv(text: string): Table {
  const [header, ...lines] = recordsOf(text.replace(/^\uFEFF/, ""));
  if (header === undefined) return [];
  return lines.map((cells, index) => {
    if (cells.length !== header.length) {
      throw tableFault(`row ${index + 1} has ${cells.length} cells, the header ${header.length}`);
    }
    return rowOf(header.flatMap((column, at) => (cells[at] === "" ? [] : [[column, cells[at] ?? ""]])));
  });
}

/** Writes CSV with the line ends of RFC 4180. */
export function writeCsv(table: Table): string {
  const columns = columnsOf(table);
  if (columns.length === 0) return "";
  const lines = [
    columns,
    ...table.map((row) => columns.map((column) => (Object.hasOwn(row, column) ? (row[column] ?? "") : ""))),
  ];
  return lines.map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

// One cell with what ends it: quoted, or plain text without quotes.
const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

function recordsOf(text: string): string[][] {
  const records: string[][] = [];
  let cells: string[] = [];
  CELL.lastIndex = 0;
  while (CELL.lastIndex < text.length || cells.length > 0) {
    const at = CELL.lastIndex;
    const match = CELL.exec(text);
    if (match === null) throw tableFault(`the quotes do not match at character ${at + 1}`);
    const [, quotedCell, plainCell = "", end] = match;
    cells.push(quotedCell?.replaceAll('""', '"') ?? plainCell);
    if (end === ",") continue;
    records.push(cells);
    cells = [];
  }
  return records;
}
