import { rowOf, tableFault, type Table } from "./table.ts";

const NAME = /^[\p{L}_][\p{L}\p{N}_.-]*$/u;
const ENTITIES: { readonly [name: string]: string } = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** Writes `<rows><row><column>value</column></row></rows>`; a column that is no XML name becomes a `field` with that name. */
export function writeXml(table: Table): string {
  const rows = table.map((row) => `  <row>\n${Object.entries(row).map(writeCell).join("")}  </row>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<rows>\n${rows.join("")}</rows>\n`;
}

function writeCell([column, value]: [string, string]): string {
  if (NAME.test(column) && column !== "field") return `    <${column}>${escaped(value)}</${column}>\n`;
  return `    <field name="${escaped(column)}">${escaped(value)}</field>\n`;
}

function escaped(text: string): string {
  // XML 1.0 cannot say these at all, not even escaped.
  if (/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text)) {
    throw tableFault("it has control characters, which XML cannot hold");
  }
  return text.replace(/[<>&"\r\n\t]/g, (it) => `&#${it.charCodeAt(0)};`);
}

// Tags with at most a `name`, text, CDATA and comments. No DOCTYPE: nothing is declared, expanded or fetched.
const TOKEN =
  /<!--(?:(?!--)[^])*-->|<!\[CDATA\[((?:(?!\]\]>)[^])*)\]\]>|<(\/?)([\p{L}_][\p{L}\p{N}_.-]*)(?:\s+name\s*=\s*(?:"([^"<]*)"|'([^'<]*)'))?\s*(\/?)>|([^<]+)/uy;

interface Element {
  readonly name: string;
  readonly column: string;
  text: string;
  readonly cells: [string, string][];
}

/** Reads a table of the shape that `writeXml` writes, whatever its rows are called. */
export function parseXml(text: string): Table {
  const rows: Table[number][] = [];
  const open: Element[] = [];
  let isComplete = false;
  for (const token of tokensOf(text.replace(/^\uFEFF?\s*(<\?xml[^?]*\?>)?\s*/, ""))) {
    if (isComplete && (token.tag !== undefined || token.text.trim() !== ""))
      throw tableFault("something follows the root element");
    if (token.tag === undefined) addText(open, token.text);
    else isComplete = step(open, token.tag, rows);
  }
  if (!isComplete) throw tableFault("an element is not closed");
  return rows;
}

interface Tag {
  readonly name: string;
  readonly column: string;
  readonly begins: boolean;
  readonly ends: boolean;
}

type Token = { readonly tag: Tag } | { readonly tag?: never; readonly text: string };

function* tokensOf(body: string): Iterable<Token> {
  for (let at = 0; at < body.length;) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(body);
    if (match === null) throw tableFault(`character ${at + 1} begins nothing that is read here`);
    at += match[0].length;
    yield tokenOf(match);
  }
}

function tokenOf([, cdata, slash, name, double, single, empty, plain = ""]: RegExpExecArray): Token {
  if (name === undefined) return { text: cdata ?? decoded(plain) };
  const column = decoded(double ?? single ?? name);
  return { tag: { name, column, begins: slash === "", ends: slash === "/" || empty === "/" } };
}

/** Opens and closes what a tag opens and closes, and tells whether the root is closed. */
function step(open: Element[], { name, column, begins, ends }: Tag, rows: Table[number][]): boolean {
  if (begins) begin(open, name, column);
  return ends && end(open, name, rows);
}

function begin(open: Element[], name: string, column: string): void {
  if (open.length === 3) throw tableFault("it is nested deeper than rows and cells");
  open.push({ name, column, text: "", cells: [] });
}

function addText(open: readonly Element[], text: string): void {
  const element = open.at(-1);
  if (element === undefined || open.length < 3) {
    if (text.trim() !== "") throw tableFault("it has text outside a cell");
  } else element.text += text;
}

/** Closes the innermost element, and tells whether that was the root. */
function end(open: Element[], name: string, rows: Table[number][]): boolean {
  const element = open.pop();
  if (element?.name !== name) throw tableFault(`</${name}> closes nothing`);
  if (open.length === 2) open[1]?.cells.push([element.column, element.text]);
  if (open.length === 1) rows.push(rowOf(element.cells));
  return open.length === 0;
}

function decoded(text: string): string {
  return text.replace(/&([^;\s]{0,10});?/g, (reference, body: string) => {
    const named = Object.hasOwn(ENTITIES, body) ? ENTITIES[body] : undefined;
    if (named !== undefined && reference.endsWith(";")) return named;
    const [, hex, decimal] = /^#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}))$/.exec(body) ?? [];
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    if (!(point > 0 && point <= 0x10ffff)) throw tableFault(`"${reference}" is not defined`);
    return String.fromCodePoint(point);
  });
}
