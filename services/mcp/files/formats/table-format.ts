import { parseCsv, writeCsv } from "./csv.ts";
import { extensionOf } from "./file-type.ts";
import { LARGEST_SOURCE_BYTES } from "../files-services.ts";
import { rowOf, tableFault, tableTooLarge, type Table } from "./table.ts";
import { parseXml, writeXml } from "./xml.ts";

/** The ways in which a table is written down. */
export const TABLE_FORMATS = ["csv", "json", "xml"] as const;
/** How a flat table is written: as CSV, JSON or XML. */
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** The format that the extension of a path names, if it names one. */
export function tableFormatOf(path: string): TableFormat | undefined {
  return TABLE_FORMATS.find((it) => it === extensionOf(path));
}

const MOST_ROWS = 100_000;
const MOST_CELLS = 100_000;

/** Reads a table. Throws `ERR_TABLE_INVALID` for what is none, and `ERR_TABLE_TOO_LARGE` for one of too many rows or cells. */
export function parseTable(format: TableFormat, text: string): Table {
  const table = { csv: parseCsv, json: parseJson, xml: parseXml }[format](text);
  if (table.length > MOST_ROWS) throw tableTooLarge(`it has ${table.length} rows, more than ${MOST_ROWS}`);
  const cells = table.reduce((count, row) => count + Object.keys(row).length, 0);
  if (cells > MOST_CELLS) throw tableTooLarge(`it has ${cells} cells, more than ${MOST_CELLS}`);
  return table;
}

/**
 * Writes a table down, as UTF-8. Throws `ERR_TABLE_TOO_LARGE` for what would be larger than a file may be, without writing more than that: the
 * names of columns, which some formats repeat in each row, make it much larger than what was read.
 */
export function writeTable(format: TableFormat, table: Table): Buffer {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for (const piece of { csv: writeCsv, json: writeJson, xml: writeXml }[format](table)) {
    bytes += Buffer.byteLength(piece);
    if (bytes > LARGEST_SOURCE_BYTES) {
      const size = `${LARGEST_SOURCE_BYTES} bytes as ${format.toUpperCase()}`;
      throw tableTooLarge(`the table would have more than ${size}`);
    }
    pieces.push(Buffer.from(piece));
  }
  return Buffer.concat(pieces, bytes);
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

/** Writes a list of objects, one at a time. */
function* writeJson(table: Table): Iterable<string> {
  for (const [index, row] of table.entries()) {
    const text = JSON.stringify(row, undefined, 2).replaceAll("\n", "\n  ");
    yield `${index === 0 ? "[\n" : ",\n"}  ${text}`;
  }
  yield table.length === 0 ? "[]\n" : "\n]\n";
}
