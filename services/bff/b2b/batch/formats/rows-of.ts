import { FileFault, LIMITS, type Row } from "../row.ts";
import { csv, type Delimiter } from "./csv.ts";
import { decoded } from "./decoded.ts";
import { jsonLines } from "./json-lines.ts";
import { xml } from "./xml.ts";

/** The kinds of files, by their media types. */
export const FORMAT_OF_MEDIA_TYPE: { readonly [type: string]: Format } = {
  "text/csv": "csv",
  "application/jsonl": "json-lines",
  "application/x-ndjson": "json-lines",
  "application/xml": "xml",
  "text/xml": "xml",
};

/** What a file is written in. */
export type Format = "csv" | "json-lines" | "xml";

/** How to read a file. */
export interface FileKind {
  readonly format: Format;
  readonly delimiter: Delimiter;
}

/** The rows of a file, numbered from 1, some at a time and never all of them in memory. Throws a `FileFault` where it cannot be read on. */
export async function* rowsOf(
  bytes: AsyncIterable<Uint8Array>,
  { format, delimiter }: FileKind,
): AsyncGenerator<readonly Row[]> {
  const text = decoded(bytes);
  const read = { csv: () => csv(text, delimiter), "json-lines": () => jsonLines(text), xml: () => xml(text) };
  for await (const rows of read[format]()) {
    if ((rows.at(-1)?.number ?? 0) > LIMITS.rows)
      throw new FileFault("ERR_FILE_TOO_MANY_ROWS", `a file has at most ${LIMITS.rows} rows`);
    if (rows.length > 0) yield rows;
  }
}
