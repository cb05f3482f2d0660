import { CsvError, parse, type Parser } from "csv-parse";
import { FileFault, isFieldName, LIMITS, type Row } from "../row.ts";

const DELIMITERS = [",", ";", "\t", "|"] as const;

/** What may stand between the cells of a row. */
export type Delimiter = (typeof DELIMITERS)[number];

/** Whether a text is one of `DELIMITERS`. */
export function isDelimiter(text: string): text is Delimiter {
  return DELIMITERS.some((it) => it === text);
}

/**
 * The rows of a CSV file (RFC 4180) whose first row names the columns; all values are texts. A quote in the wrong place ends the
 * reading: where the next row begins would be a guess.
 */
export async function* csv(text: AsyncIterable<string>, delimiter: Delimiter): AsyncGenerator<readonly Row[]> {
  const records = new Records(delimiter);
  let columns: readonly string[] | undefined;
  let number = 0;
  const rowsIn = (found: readonly Cells[]): readonly Row[] => {
    const [first, ...others] = found;
    if (first === undefined || columns !== undefined) return found.map((it) => rowOf(++number, it, columns ?? []));
    const names = columnsOf(first);
    columns = names;
    return others.map((it) => rowOf(++number, it, names));
  };
  for await (const it of text) {
    yield rowsIn(await records.write(it));
    records.throwFault();
  }
  yield rowsIn(await records.end());
  records.throwFault();
  if (columns === undefined) throw new FileFault("ERR_FILE_COLUMNS", "the first row must name the columns");
}

type Cells = readonly string[];

/** The records of a text that is written to it in parts. They are not read from the parser's stream, which loses them once there is a fault. */
class Records {
  private readonly parser: Parser;
  private found: Cells[] = [];
  private fault: Error | undefined;

  constructor(delimiter: Delimiter) {
    this.parser = parse({
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: LIMITS.rowLength,
      on_record: (cells) => {
        this.found.push(cells);
        return null;
      },
    });
    this.parser.on("error", (error: Error) => (this.fault ??= error));
    this.parser.resume();
  }

  /** The records that a further part of the text completes. */
  async write(text: string): Promise<readonly Cells[]> {
    await new Promise<void>((resolve) => void this.parser.write(text, () => resolve()));
    return this.taken();
  }

  /** The last record. */
  async end(): Promise<readonly Cells[]> {
    await new Promise<void>((resolve) => void this.parser.end(() => resolve()));
    return this.taken();
  }

  /** Throws a `FileFault` if the text cannot be read on. */
  throwFault(): void {
    if (this.fault !== undefined) throw fileFaultOf(this.fault);
  }

  private taken(): readonly Cells[] {
    const { found } = this;
    this.found = [];
    return found;
  }
}

function columnsOf(cells: Cells): readonly string[] {
  const names = cells.map((it) => it.trim());
  if (names.length > LIMITS.columns || new Set(names).size < names.length || !names.every(isFieldName))
    throw new FileFault("ERR_FILE_COLUMNS", `the first row must name at most ${LIMITS.columns} columns, each once`);
  return names;
}

function rowOf(number: number, cells: Cells, columns: readonly string[]): Row {
  if (cells.length !== columns.length) {
    const message = `must have ${columns.length} cells, and has ${cells.length}`;
    return { number, fault: { code: "ERR_ROW_SHAPE", message } };
  }
  const value: { [field: string]: string } = {};
  for (let i = 0; i < columns.length; i++) {
    const cell = cells[i];
    // An empty cell says nothing.
    if (cell !== undefined && cell !== "") value[columns[i] ?? ""] = cell;
  }
  return { number, value };
}

function fileFaultOf(error: Error): FileFault {
  const code = error instanceof CsvError ? error.code : undefined;
  if (code === "CSV_QUOTE_NOT_CLOSED")
    return new FileFault("ERR_FILE_CUT_OFF", "the file ends inside of a quoted cell", { cause: error });
  if (code === "CSV_MAX_RECORD_SIZE")
    return new FileFault("ERR_FILE_ROW_TOO_LARGE", `a row is longer than ${LIMITS.rowLength} bytes`, { cause: error });
  const message = "a quote must enclose a whole cell, and be doubled inside of it";
  return new FileFault("ERR_FILE_SYNTAX", message, { cause: error });
}
