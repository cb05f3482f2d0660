import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { RowChecker } from "../services/bff/b2b/batch/checking/row-checker.ts";
import { type Format, rowsOf } from "../services/bff/b2b/batch/formats/rows-of.ts";
import { cpuMilliseconds, residentMegabytes, target } from "./support/target.ts";

const ROWS = 20_000;
const ROUNDS = 5;
const PIECE_BYTES = 64 * 1024;
const GIGABYTE = 1024 * 1024 * 1024;
/** Of the rows that make a gigabyte. */
const LONGEST_ROW_BYTES = 1_100;

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

/** Writes a gigabyte to the standard output, in a process of its own: what makes the file is not what is measured. */
async function writeGigabyte(): Promise<void> {
  const note = "a longer note ".repeat(70);
  await pipeline(
    fileOf("csv", (_, bytes) => bytes >= GIGABYTE, note),
    process.stdout,
  );
}

/** How much memory a process takes in which a whole gigabyte, and nothing else, is read from the standard input, in MB. */
async function memoryForGigabyte(): Promise<number> {
  const run = (what: string, input: "ignore" | Readable) =>
    spawn(process.execPath, [import.meta.filename, what], { stdio: [input, "pipe", "inherit"] });
  const reading = run("read", run("write", "ignore").stdout);
  const { rows, megabytes } = JSON.parse(await text(reading.stdout)) as Awaited<ReturnType<typeof readAll>>;
  if (rows < GIGABYTE / LONGEST_ROW_BYTES) throw new Error(`${rows} rows are not a gigabyte`);
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

if (process.argv.includes("write")) await writeGigabyte();
else if (process.argv.includes("read")) process.stdout.write(JSON.stringify(await readAll("csv", process.stdin)));
else {
  for (const format of ["csv", "json-lines", "xml"] as const) await measureRows(format);
  target("a CSV file of 1 GB, read and checked, resident memory", await memoryForGigabyte(), 200, "MB");
}
