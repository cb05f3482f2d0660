import { stripVTControlCharacters } from "node:util";
import Table from "cli-table3";

/** A column of a table. */
export interface Column {
  readonly head: string;
  readonly align?: "left" | "right";
  /** Columns with a number are left out where the table is too wide, the lowest number first; the others never are. */
  readonly drop?: number;
}

const STYLE = { head: [], border: [], compact: true };

/** How many columns there are for a table: those of the terminal, else those that `COLUMNS` tells, else any number. */
export function availableWidth(
  { isTTY, columns }: Pick<NodeJS.WriteStream, "isTTY" | "columns"> = process.stdout,
  told: string | undefined = process.env["COLUMNS"],
): number {
  if (isTTY && columns > 0) return columns;
  return /^[1-9]\d*$/.test(told ?? "") ? Number(told) : Infinity;
}

/** A table that fits into `width` columns: with fewer columns where it must be, and as a list where that is not enough. */
export function tableText(
  columns: readonly Column[],
  rows: readonly (readonly (string | number)[])[],
  width: number = availableWidth(),
): string {
  const kept = columns.map((column, index) => ({ ...column, index }));
  for (;;) {
    const text = drawn(kept, rows);
    if (widthOf(text) <= width) return text;
    const next = kept.filter((it) => it.drop !== undefined).toSorted((a, b) => (a.drop ?? 0) - (b.drop ?? 0))[0];
    if (next === undefined) return listed(columns, rows, width);
    kept.splice(kept.indexOf(next), 1);
  }
}

type Kept = Column & { readonly index: number };

function drawn(columns: readonly Kept[], rows: readonly (readonly (string | number)[])[]): string {
  const table = new Table({
    head: columns.map((it) => it.head),
    colAligns: columns.map((it) => it.align ?? "left"),
    style: STYLE,
  });
  for (const row of rows) table.push(columns.map((it) => row[it.index] ?? ""));
  return table.toString();
}

/** The border tells it: nothing in it is wide or coloured. */
function widthOf(table: string): number {
  return table.split("\n", 1)[0]?.length ?? 0;
}

/** Each row as its own lines: its texts first, then its numbers under their names, broken where the line ends. */
function listed(columns: readonly Column[], rows: readonly (readonly (string | number)[])[], width: number): string {
  return rows
    .flatMap((row) => {
      const cells = columns.map((column, index) => ({ ...column, text: String(row[index] ?? "") }));
      const named = cells.filter((it) => it.head === "" || it === cells.find((other) => other.head !== ""));
      const title = named.map((it) => it.text).filter((it) => it !== "");
      const rest = cells.filter((it) => !named.includes(it) && it.text !== "");
      return [
        ...wrapped(title.join(" ").split(" "), " ", "", width),
        ...wrapped(
          rest.map((it) => `${it.head.toLowerCase()} ${it.text}`),
          " · ",
          "  ",
          width,
        ),
      ];
    })
    .join("\n");
}

/** Puts parts on lines of at most `width` columns; a part that is longer is cut. */
function wrapped(parts: readonly string[], between: string, indent: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const line = lines.at(-1);
    if (line !== undefined && lengthOf(line + between + part) <= width) lines[lines.length - 1] = line + between + part;
    else lines.push(indent + (lengthOf(indent + part) <= width ? part : cut(part, width - indent.length)));
  }
  return lines;
}

function cut(text: string, width: number): string {
  return `${stripVTControlCharacters(text).slice(0, Math.max(1, width - 1))}…`;
}

function lengthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
