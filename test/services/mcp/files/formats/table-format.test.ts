import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Table } from "../../../../../services/mcp/files/formats/table.ts";
import { parseTable, TABLE_FORMATS, writeTable } from "../../../../../services/mcp/files/formats/table-format.ts";

/** What is written as text in CSV is not read back as it was. */
const hasFormulas = (table: Table) =>
  table
    .flatMap(Object.entries<string>)
    .some(([column, cell]) => /^[=+\-@＝＋－＠]/.test(column) || /^[=+\-@＝＋－＠]/.test(cell));

const text = (written: Buffer) => written.toString();

describe("tables", () => {
  const row = fc
    .dictionary(
      fc.string({ minLength: 1, unit: "grapheme" }).filter((it) => it === it.trim()),
      fc.string({ minLength: 1, unit: "grapheme" }),
      { minKeys: 1, maxKeys: 4 },
    )
    .map((it) => ({ ...it }));
  test.each(TABLE_FORMATS)("survive %s", (format) => {
    const rows = fc.array(row, { maxLength: 5 }).filter((table) => format !== "csv" || !hasFormulas(table));
    fc.assert(
      fc.property(rows, (table) => {
        const read = parseTable(format, text(writeTable(format, table))).map((it) => ({ ...it }));
        expect(read).toEqual(table);
      }),
      { numRuns: 500 },
    );
  });

  test.each(["prototype", "constructor", "__proto__", "toString", "hasOwnProperty", "field"])(
    "survive XML with a column named %s",
    (column) => {
      const table = parseTable("json", `[{ ${JSON.stringify(column)}: "1" }]`);
      expect(parseTable("xml", text(writeTable("xml", table))).map((it) => Object.entries(it))).toEqual([
        [[column, "1"]],
      ]);
    },
  );

  test.each([
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+SUM(A1)",
    "-2+3",
    "-",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\uFF1D1+1",
    "+ 1",
    '=HYPERLINK("http://example.com";"x")',
  ])("hold the formula %j as text when they become CSV", (formula) => {
    const table = parseTable("json", JSON.stringify([{ [formula]: formula }]));
    expect(parseTable("csv", text(writeTable("csv", table))).map((it) => ({ ...it }))).toEqual([
      { [`'${formula}`]: `'${formula}` },
    ]);
  });

  test.each(["-5", "+5", "-1.5", "-.5", "-1e-7", "+1.25E+10", "5-3", "a=b", " =1", "'=1"])(
    "hold %j as it is when they become CSV",
    (cell) => {
      expect(text(writeTable("csv", [{ value: cell }]))).toBe(`value\r\n${cell}\r\n`);
    },
  );

  test("whose columns would be the same as text do not become CSV", () => {
    expect(() => writeTable("csv", [{ "=a": "1", "'=a": "2" }])).toThrow(/same name/);
  });

  test("are the same in each format", () => {
    const csv = 'name,note\r\nAda,"says ""hi"", twice"\r\nBob,\r\n';
    const json = text(writeTable("json", parseTable("csv", csv)));
    expect(JSON.parse(json)).toEqual([{ name: "Ada", note: 'says "hi", twice' }, { name: "Bob" }]);
    const xml = text(writeTable("xml", parseTable("json", json)));
    expect(xml).toContain("<note>says &#34;hi&#34;, twice</note>");
    expect(text(writeTable("csv", parseTable("xml", xml)))).toBe(csv);
  });

  test.each<[string, "csv" | "json" | "xml", string]>([
    ["a row that is too long", "csv", "a,b\n1,2,3\n"],
    ["a column twice", "csv", "a,a\n1,2\n"],
    ["a column twice, of which one is empty", "csv", "a,a\n1,\n"],
    ["a quote within a cell", "csv", 'a\nx"1\n'],
    ["an open quote", "csv", 'a\n"1\n'],
    ["text after a quote", "csv", 'a\n"1"2\n'],
    ["no list", "json", "{}"],
    ["no objects", "json", "[1]"],
    ["objects in objects", "json", '[{"a":{}}]'],
    ["no JSON", "json", "["],
    ["a DOCTYPE", "xml", '<!DOCTYPE a [<!ENTITY x "y">]><rows/>'],
    ["an external entity", "xml", "<rows><row><a>&x;</a></row></rows>"],
    ["an entity of the prototype", "xml", "<rows><row><a>&constructor;</a></row></rows>"],
    ["the wrong end", "xml", "<rows><row></rows></row>"],
    ["no end", "xml", "<rows><row>"],
    ["two roots", "xml", "<rows/><rows/>"],
    ["text between rows", "xml", "<rows>text</rows>"],
    ["four levels", "xml", "<a><b><c><d/></c></b></a>"],
    [
      "a billion laughs",
      "xml",
      '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><rows><row><a>&c;</a></row></rows>',
    ],
    ["a document type after the root", "xml", "<rows/><!DOCTYPE a>"],
    ["a document type within a cell", "xml", "<rows><row><a><!DOCTYPE a></a></row></rows>"],
    [
      "a file of this machine",
      "xml",
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><rows><row><a>&x;</a></row></rows>',
    ],
    ["an entity of HTML", "xml", "<rows><row><a>&nbsp;</a></row></rows>"],
    ["an entity in a name", "xml", '<rows><row><a name="&x;"/></row></rows>'],
    ["a character that does not exist", "xml", "<rows><row><a>&#x110000;</a></row></rows>"],
    ["text beside the root", "xml", "<rows/>text"],
    ["text in a row", "xml", "<rows><row>text</row></rows>"],
    ["a column twice", "xml", "<rows><row><a>1</a><a>2</a></row></rows>"],
    ["the prototype for a column", "xml", "<rows><row><__proto__>1</__proto__></row></rows>"],
    ["other attributes", "xml", '<rows><row><a id="1">1</a></row></rows>'],
    ["an open comment", "xml", "<rows><!-- </rows>"],
    ["ten thousand levels", "xml", "<a>".repeat(10_000) + "</a>".repeat(10_000)],
    ["ten thousand levels", "json", "[".repeat(10_000) + "]".repeat(10_000)],
    ["nothing", "xml", ""],
  ])("with %s are refused", (_, format, text) => {
    expect(() => parseTable(format, text)).toThrow(expect.objectContaining({ code: "ERR_TABLE_INVALID" }) as Error);
  });

  test("with a megabyte of hostile characters are refused in no time", () => {
    const began = performance.now();
    for (const format of TABLE_FORMATS) {
      for (const text of ['"', "<", "<!--", "<![CDATA[", '<a name="', "&", ",", "[", " "]) {
        try {
          parseTable(format, text.repeat(1_000_000 / text.length));
        } catch (error) {
          expect(error).toMatchObject({ code: "ERR_TABLE_INVALID" });
        }
      }
    }
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
