import { describe, expect, it } from "vitest";
import { type FileKind, type Format, rowsOf } from "../../../../../services/bff/b2b/batch/formats/rows-of.ts";
import { FileFault, LIMITS, type Row } from "../../../../../services/bff/b2b/batch/row.ts";

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) {
    await Promise.resolve();
    yield bytes.subarray(i, i + size);
  }
}

/** Rows of a file, values and codes alone, and the code by which reading ended. */
async function read(format: Format, file: string | Buffer, size = 7, delimiter: FileKind["delimiter"] = ",") {
  const found: unknown[] = [];
  const said = (it: Row) => ("fault" in it ? it.fault.code : it.value);
  try {
    for await (const rows of rowsOf(pieces(Buffer.from(file), size), { format, delimiter })) {
      rows.forEach((it) => expect(it.number).toBe(found.push(said(it))));
    }
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    found.push(error.code);
  }
  return found;
}

const BIG = 1_000_000;

describe("a CSV file", () => {
  it.each([
    [
      "rows",
      "a,b\n1,2\n3,4\n",
      [
        { a: "1", b: "2" },
        { a: "3", b: "4" },
      ],
    ],
    ["no end of line at its end, CRLF, empty lines and cells", "a,b\r\n\r\n1,\r\n,2", [{ a: "1" }, { b: "2" }]],
    ["quotes, and lines and delimiters inside of them", 'a,b\n"x ""y""","1,\n2"\n', [{ a: 'x "y"', b: "1,\n2" }]],
    [
      "rows with too many and too few cells",
      "a,b\n1\n1,2,3\n4,5\n",
      ["ERR_ROW_SHAPE", "ERR_ROW_SHAPE", { a: "4", b: "5" }],
    ],
    ["a byte order mark", "\u{FEFF}a,b\n1,é\n", [{ a: "1", b: "é" }]],
    ["nothing", "", ["ERR_FILE_COLUMNS"]],
    ["columns alone", "a,b", []],
    ["a column twice", "a,a\n1,2\n", ["ERR_FILE_COLUMNS"]],
    ["a column without a name", "a,\n1,2\n", ["ERR_FILE_COLUMNS"]],
    ["a column that would change what an object is", "a,__proto__\n1,2\n", ["ERR_FILE_COLUMNS"]],
    ["an end inside of a cell", 'a,b\n1,2\n3,"fo', [{ a: "1", b: "2" }, "ERR_FILE_CUT_OFF"]],
    ["a quote in the wrong place", 'a,b\n1,2\n"x"y,2\n3,4\n', [{ a: "1", b: "2" }, "ERR_FILE_SYNTAX"]],
  ])("with %s", async (_, file, expected) => {
    for (const size of [1, 7, 10_000]) expect(await read("csv", file, size)).toEqual(expected);
  });

  it("with another delimiter", async () => {
    expect(await read("csv", "a;b\n1,5;2\n", 7, ";")).toEqual([{ a: "1,5", b: "2" }]);
  });

  it("with a million columns ends there, in the first row or in a later one", async () => {
    expect(await read("csv", `${"x,".repeat(BIG)}\n1,2\n`, 65_536)).toEqual(["ERR_FILE_ROW_TOO_LARGE"]);
    const names = Array.from({ length: 1_001 }, (_, i) => `c${i}`).join(",");
    expect(await read("csv", `${names}\n`, 65_536)).toEqual(["ERR_FILE_COLUMNS"]);
    const later = await read("csv", `a,b\n1,2\n${"x,".repeat(BIG)}\n3,4\n`, 65_536);
    expect(later).toEqual([{ a: "1", b: "2" }, "ERR_FILE_ROW_TOO_LARGE"]);
  });
});

describe("a file of JSON Lines", () => {
  it.each([
    ["rows, and empty lines that are none", '{"a":1}\n\n{"b":[2]}\r\n', [{ a: 1 }, { b: [2] }]],
    ["what is no object", '[1]\n1\nnull\n"x"\n{"a":1}', [...Array<string>(4).fill("ERR_ROW_SHAPE"), { a: 1 }]],
    ["a key twice", '{"a":1,"a":2}\n{"a":3}', ["ERR_ROW_SYNTAX", { a: 3 }]],
    ["a key that would change what an object is", '{"__proto__":{"admin":true}}', ["ERR_ROW_SHAPE"]],
    ["an end in the middle of a row", '{"a":1}\n{"a":', [{ a: 1 }, "ERR_ROW_SYNTAX"]],
    ["nesting without end", `${"[".repeat(10_000)}\n{"a":1}`, ["ERR_ROW_SYNTAX", { a: 1 }]],
    ["nothing", "", []],
  ])("with %s", async (_, file, expected) => {
    for (const size of [3, 10_000]) expect(await read("json-lines", file, size)).toEqual(expected);
  });

  it("with a row that is too long, and with a million fields, goes on after it", async () => {
    const long = `{"a":1}\n"${"x".repeat(LIMITS.rowLength * 3)}"\n{"a":2}\n`;
    expect(await read("json-lines", long, 65_536)).toEqual([{ a: 1 }, "ERR_ROW_TOO_LARGE", { a: 2 }]);
    const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`c${i}`, 1])));
    expect(await read("json-lines", `${wide}\n{"a":2}\n`, 65_536)).toEqual(["ERR_ROW_SHAPE", { a: 2 }]);
  });
});

describe("an XML file", () => {
  it.each([
    ["rows", '<?xml version="1.0"?><r><o><a>1</a><b>x &amp; &#233;</b></o><o/></r>', [{ a: "1", b: "x & é" }, {}]],
    ["texts without markup", "<r><o><a><![CDATA[<b>]]></a><b></b></o></r>", [{ a: "<b>" }]],
    [
      "records of another shape",
      '<r><o><a>1</a><a>2</a></o><o z="1"/><o><a z="1">2</a></o><o><a><c/></a></o><o>text</o><o><a>1</a></o></r>',
      [...Array<string>(5).fill("ERR_ROW_SHAPE"), { a: "1" }],
    ],
    ["an end in the middle", "<r><o><a>1</a></o><o><a>2", [{ a: "1" }, "ERR_FILE_CUT_OFF"]],
    ["nothing", "", ["ERR_FILE_CUT_OFF"]],
    ["what is no XML", "<r><o><a>1</a></o><o></r>", [{ a: "1" }, "ERR_FILE_SYNTAX"]],
    ["text after its end", "<r></r>text", ["ERR_FILE_SYNTAX"]],
    ["entities of its own", '<!DOCTYPE r [<!ENTITY e "x">]><r><o><a>&e;</a></o></r>', ["ERR_FILE_DOCTYPE"]],
    ["a file of somebody else", '<!DOCTYPE r SYSTEM "file:///etc/passwd"><r/>', ["ERR_FILE_DOCTYPE"]],
    ["an entity that nobody declared", "<r><o><a>&e;</a></o></r>", ["ERR_FILE_SYNTAX"]],
    ["nesting without end", "<a>".repeat(100), ["ERR_FILE_SYNTAX"]],
  ])("with %s", async (_, file, expected) => {
    for (const size of [5, 10_000]) expect(await read("xml", file, size)).toEqual(expected);
  });

  it("with a record of many elements, or of much text, goes on after it", async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `<c${i}>1</c${i}>`).join("");
    const file = `<r><o>${many}</o><o><a>${"x".repeat(LIMITS.rowLength * 3)}</a></o><o><a>1</a></o></r>`;
    expect(await read("xml", file, 65_536)).toEqual(["ERR_ROW_SHAPE", "ERR_ROW_TOO_LARGE", { a: "1" }]);
  });
});

describe("a file in another encoding", () => {
  it("is read if it says so", async () => {
    const text = "\u{FEFF}a,b\n1,é😀\n";
    const little = Buffer.from(text, "utf16le");
    for (const it of [little, Buffer.from(little).swap16()])
      for (const size of [1, 3, 100]) expect(await read("csv", it, size)).toEqual([{ a: "1", b: "é😀" }]);
  });

  it("is refused if it does not", async () => {
    expect(await read("csv", Buffer.from("a,b\n1,2\n", "utf16le"))).toEqual(["ERR_FILE_ENCODING"]);
  });

  it("for some of its rows has the mark of what cannot be read in those rows", async () => {
    const mixed = Buffer.concat([Buffer.from("a\né\n"), Buffer.from("é\n", "latin1"), Buffer.from("ü\n")]);
    expect(await read("csv", mixed, 2)).toEqual([{ a: "é" }, { a: "\u{FFFD}" }, { a: "ü" }]);
  });
});
