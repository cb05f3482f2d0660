import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseTable, TABLE_FORMATS, writeTable } from "../../../../../services/mcp/files/formats/table-format.ts";

describe("tables", () => {
  const row = fc
    .dictionary(
      fc.string({ minLength: 1, unit: "grapheme" }).filter((it) => it === it.trim()),
      fc.string({ minLength: 1, unit: "grapheme" }),
      { minKeys: 1, maxKeys: 4 },
    )
    .map((it) => ({ ...it }));
  test.each(TABLE_FORMATS)("survive %s", (format) => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), (table) => {
        const read = parseTable(format, writeTable(format, table)).map((it) => ({ ...it }));
        expect(read).toEqual(table);
      }),
      { numRuns: 500 },
    );
  });

  test("are the same in each format", () => {
    const csv = 'name,note\r\nAda,"says ""hi"", twice"\r\nBob,\r\n';
    const json = writeTable("json", parseTable("csv", csv));
    expect(JSON.parse(json)).toEqual([{ name: "Ada", note: 'says "hi", twice' }, { name: "Bob" }]);
    const xml = writeTable("xml", parseTable("json", json));
    expect(xml).toContain("<note>says &#34;hi&#34;, twice</note>");
    expect(writeTable("csv", parseTable("xml", xml))).toBe(csv);
  });

  test.each<[string, "csv" | "json" | "xml", string]>([
    ["a row that is too long", "csv", "a,b\n1,2,3\n"],
    ["a column twice", "csv", "a,a\n1,2\n"],
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
