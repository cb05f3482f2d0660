import { rowOf, tableFault, type Table } from "./table.ts";
import { endingOf } from "./file-type.ts";
import { parseCsv, writeCsv } from "./csv.ts";
import { parseXml, writeXml } from "./xml.ts";

/** The ways in which a table is written down. */
export const TABLE_FORMATS = ["csv", "json", "xml"] as const;
/** How a flat table is written: as CSV, JSON or XML. */
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** The format that the ending of a path names, if it names one. */
export function tableFormatOf(path: string): TableFormat | undefined {
  return TABLE_FORMATS.find((it) => it === endingOf(path));
}

const MOST_CELLS = 100_000;

/** Reads a table, or says what is wrong with it. */
export function parseTable(format: TableFormat, text: string): Table {
  const table = { csv: parseCsv, json: parseJson, xml: parseXml }[format](text);
  const cells = table.reduce((count, row) => count + Object.keys(row).length, 0);
  if (cells > MOST_CELLS) throw tableFault(`it has ${cells} cells, more than ${MOST_CELLS}`);
  return table;
}

/** Writes a table down. */
export function writeTable(format: TableFormat, table: Table): string {
  return { csv: writeCsv, json: writeJson, xml: writeXml }[format](table);
}

function parseJson(text: string): Table {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw tableFault("it is not JSON");
  }
  if (!Array.isArray(value)) throw tableFault("it is not a list of objects");
  return value.map((row: unknown) => {
    if (typeof row !== "object" || row === null || Array.isArray(row)) throw tableFault("it is not a list of objects");
    return rowOf(
      Object.entries(row).flatMap(([column, cell]) => (cell === null ? [] : [[column, plain(column, cell)]])),
    );
  });
}

function plain(column: string, cell: unknown): string {
  if (["string", "number", "boolean"].includes(typeof cell)) return String(cell);
  throw tableFault(`column "${column}" holds more than a plain value`);
}

function writeJson(table: Table): string {
  return `${JSON.stringify(table, undefined, 2)}\n`;
}
