import { strictXml } from "../../../libraries/service-kit/strict-xml.ts";
import { rowOf, tableFault, type Table } from "./table.ts";

const ATTRIBUTES = ":@";
const TEXT = "#text";

/** An element as the parser keeps it: its content under its name, its attributes beside it. */
interface Ordered {
  readonly [name: string]: readonly Ordered[] | string | { readonly [attribute: string]: string };
}

/** Names of elements as XML has them, as far as most alphabets of Europe go. */
const NAME = /^[A-Za-z_\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF][\w.\u00B7\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF-]*$/;

/** Writes `<rows><row><column>value</column></row></rows>`, a row at a time; a column that is no XML name becomes a `field` with that name. */
export function* writeXml(table: Table): Iterable<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<rows>\n';
  for (const row of table) yield `  <row>\n${Object.entries(row).map(writeCell).join("")}  </row>\n`;
  yield "</rows>\n";
}

function writeCell([column, value]: [string, string]): string {
  // The parser refuses elements with names that every object or class has.
  if (NAME.test(column) && column !== "field" && column !== "prototype" && !(column in {}))
    return `    <${column}>${escaped(value)}</${column}>\n`;
  return `    <field name="${escaped(column)}">${escaped(value)}</field>\n`;
}

function escaped(text: string): string {
  // XML 1.0 cannot say these at all, not even escaped.
  if (/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text)) {
    throw tableFault("it has control characters, which XML cannot hold");
  }
  return text.replace(/[<>&"\r\n\t]/g, (it) => `&#${it.charCodeAt(0)};`);
}

const parse = strictXml({
  preserveOrder: true,
  attributeNamePrefix: "",
  trimValues: false,
  jPath: false,
  entityDecoder: {
    decode: decoded,
    addInputEntities: () => undefined,
    setExternalEntities: () => undefined,
    setXmlVersion: () => undefined,
    reset: () => undefined,
  },
});

/** Reads a table of the shape that `writeXml` writes, whatever its rows are called. Throws `ERR_TABLE_INVALID`. */
export function parseXml(text: string): Table {
  const [root, ...others] = elementsIn(documentOf(text), "outside the root element");
  if (root === undefined) throw tableFault("it has no element");
  if (others.length > 0) throw tableFault("something follows the root element");
  return elementsIn(root.content, "outside a cell").map(({ content }) =>
    rowOf(elementsIn(content, "outside a cell").map(({ column, content: cell }) => [column, textOf(cell)])),
  );
}

function documentOf(text: string): readonly Ordered[] {
  // The parser passes over text that follows an empty root.
  if (!text.trimEnd().endsWith(">")) throw tableFault("something follows the root element");
  try {
    return parse(text) as readonly Ordered[];
  } catch (error) {
    // The library's own messages quote the file.
    const [, line] = /:(\d+):\d+$/.exec((error as Error).message) ?? [];
    throw tableFault(`it is not XML without a document type${line === undefined ? "" : `; see line ${line}`}`);
  }
}

interface Element {
  /** What it says that it is the value of. */
  readonly column: string;
  readonly content: readonly Ordered[];
}

function elementsIn(content: readonly Ordered[], where: string): readonly Element[] {
  return content.flatMap((ordered) => {
    const text = ownText(ordered);
    if (text === undefined) return [elementOf(ordered)];
    if (text.trim() !== "") throw tableFault(`it has text ${where}`);
    return [];
  });
}

function elementOf(ordered: Ordered): Element {
  const [name = ""] = Object.keys(ordered);
  const { name: column = name, ...others } = (ordered[ATTRIBUTES] ?? {}) as { readonly [attribute: string]: string };
  if (Object.keys(others).length > 0) throw tableFault('it has attributes other than "name"');
  return { column, content: ordered[name] as readonly Ordered[] };
}

function textOf(content: readonly Ordered[]): string {
  return content
    .map((it) => {
      const text = ownText(it);
      if (text === undefined) throw tableFault("it is nested deeper than rows and cells");
      return text;
    })
    .join("");
}

/** What a piece of text says; undefined for an element. */
function ownText(ordered: Ordered): string | undefined {
  const text = ordered[TEXT];
  return typeof text === "string" ? text : undefined;
}

const ENTITIES: { readonly [name: string]: string } = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** Text with the references that XML itself defines; throws for any other. */
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
