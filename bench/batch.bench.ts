import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { RowChecker } from "../services/bff/b2b/batch/checking/row-checker.ts";
import { type Format, rowsOf } from "../services/bff/b2b/batch/formats/rows-of.ts";
import { cpuMilliseconds, residentMegabytes, target } from "./support/target.ts";

const ROWS = 20_000;
const ROUNDS = 5;
const PIECE_BYTES = 64 * 1024;
const GIGABYTE = 1024 * 1024 * 1024;

const checker = new RowChecker({
  orders: {
    type: "object",
    required: ["sku", "quantity", "price"],
    additionalProperties: false,
    properties: {
      sku: { type: "string", pattern: "^[A-Z]+-\\d+$" },
      quantity: { type: "integer", minimum: 1 },
      price: { type: "number", minimum: 0 },
      name: { type: "string", maxLength: 200 },
      note: { type: "string", maxLength: 2_000 },
    },
  },
});

/** A row in each format; `note` fills it up. */
const LINE: { readonly [Kind in Format]: (number: number, note: string) => string } = {
  csv: (number, note) => `SKU-${number},${(number % 9) + 1},12.50,"Caf\u00e9 ""n\u00ba ${number}""",${note}\n`,
  "json-lines": (number, note) =>
    `{"sku":"SKU-${number}","quantity":${(number % 9) + 1},"price":12.5,"name":"Caf\u00e9 n\u00ba ${number}","note":"${note}"}\n`,
  xml: (number, note) =>
    `<order><sku>SKU-${number}</sku><quantity>${(number % 9) + 1}</quantity><price>12.50</price><name>Caf\u00e9 n\u00ba ${number}</name><note>${note}</note></order>\n`,
};
const ENDS: { readonly [Kind in Format]: readonly [string, string] } = {
  csv: ["sku,quantity,price,name,note\n", ""],
  "json-lines": ["", ""],
  xml: ["<orders>", "</orders>"],
};

/** A file in pieces, made as it is read. */
async function* fileOf(format: Format, isWhole: (rows: number, bytes: number) => boolean, note: string) {
  const [begin, end] = ENDS[format];
  let piece = begin;
  let bytes = 0;
  for (let row = 1; !isWhole(row - 1, bytes); row++) {
    piece += LINE[format](row, note);
    if (piece.length < PIECE_BYTES) continue;
    await Promise.resolve();
    const buffer = Buffer.from(piece);
    bytes += buffer.length;
    yield buffer;
    piece = "";
  }
  yield Buffer.from(piece + end);
}

/** Reads and checks a file; how many rows there were, and the most memory at any piece. */
async function readAll(format: Format, file: AsyncIterable<Uint8Array>): Promise<{ rows: number; megabytes: number }> {
  let [rows, megabytes] = [0, 0];
  for await (const found of rowsOf(file, { format, delimiter: "," })) {
    for (const row of found) {
      const checked = checker.check(row, "orders", format);
      if ("faults" in checked) throw new Error(JSON.stringify(checked));
      rows++;
    }
    megabytes = Math.max(megabytes, residentMegabytes(process.pid));
  }
  return { rows, megabytes };
}

/** Reads a whole gigabyte, in a process in which nothing else was read. */
async function readGigabyte(): Promise<number> {
  const note = "a longer note ".repeat(70);
  const { megabytes } = await readAll(
    "csv",
    fileOf("csv", (_, bytes) => bytes >= GIGABYTE, note),
  );
  return megabytes;
}

async function measureRows(format: Format): Promise<void> {
  // Made before, so that only reading is measured.
  const pieces: Uint8Array[] = [];
  for await (const it of fileOf(format, (rows) => rows >= ROWS, "a short note")) pieces.push(it);
  const read = () => readAll(format, pieces.values() as unknown as AsyncIterable<Uint8Array>);
  await read();
  const began = cpuMilliseconds(process.pid);
  for (let i = 0; i < ROUNDS; i++) await read();
  const took = ((cpuMilliseconds(process.pid) - began) * 1_000) / (ROWS * ROUNDS);
  target(`a row of ${format}, read, checked and sanitised, CPU`, took, 50, "µs");
}

if (process.argv.includes("gigabyte")) process.stdout.write(String(await readGigabyte()));
else {
  for (const format of ["csv", "json-lines", "xml"] as const) await measureRows(format);
  const { stdout } = await promisify(execFile)(process.execPath, [import.meta.filename, "gigabyte"]);
  target("a CSV file of 1 GB, read and checked, resident memory", Number(stdout), 200, "MB");
}
