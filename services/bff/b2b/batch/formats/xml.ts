/// <reference path="./sax.d.ts" />
import sax, { type Parser } from "sax";
import { FileFault, isFieldName, LIMITS, type Row, type RowFault } from "../row.ts";

const SHAPE: RowFault = {
  code: "ERR_ROW_SHAPE",
  message: `a record must have at most ${LIMITS.columns} elements with names of their own, no attributes and nothing nested`,
};
const TOO_LARGE: RowFault = { code: "ERR_ROW_TOO_LARGE", message: `longer than ${LIMITS.rowLength} characters` };
const DEEPEST = 64;

/** Collects records: the elements inside of the root, whose own elements are the fields. */
class Records {
  private readonly parser: Parser;
  private rows: Row[] = [];
  private number = 0;
  private depth = 0;
  private hasRoot = false;
  private length = 0;
  private text = "";
  private value = new Map<string, string>();
  private fault: RowFault | undefined;
  private fileFault: FileFault | undefined;

  constructor() {
    this.parser = sax.parser(true);
    this.parser.onopentag = ({ name, attributes }) => this.open(name, Object.keys(attributes).length);
    this.parser.onclosetag = (name) => this.close(name);
    this.parser.ontext = (it) => this.add(it);
    this.parser.oncdata = (it) => this.add(it);
    // Nothing is declared, so nothing is expanded.
    this.parser.ondoctype = () => this.fail(new FileFault("ERR_FILE_DOCTYPE", "a document type is not supported"));
    this.parser.onerror = (cause) =>
      this.fail(new FileFault("ERR_FILE_SYNTAX", "the file is no well-formed XML", { cause }));
  }

  /** Rows that a further part of the text completes. */
  write(text: string): readonly Row[] {
    if (this.fileFault === undefined) this.parser.write(text);
    return this.taken();
  }

  /** Throws a `FileFault` unless the text is whole. */
  end(): void {
    const isCutOff = this.fileFault === undefined && (this.depth > 0 || !this.hasRoot);
    if (this.fileFault === undefined && !isCutOff) this.parser.close();
    if (isCutOff) throw new FileFault("ERR_FILE_CUT_OFF", "the file ends before its root element");
    this.throwFault();
  }

  throwFault(): void {
    if (this.fileFault !== undefined) throw this.fileFault;
  }

  private fail(fault: FileFault): void {
    this.fileFault ??= fault;
  }

  private taken(): readonly Row[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  private open(name: string, attributes: number): void {
    this.depth++;
    this.hasRoot = true;
    if (this.depth > DEEPEST) this.fail(new FileFault("ERR_FILE_SYNTAX", `nested deeper than ${DEEPEST}`));
    if (this.depth === 2) this.begin();
    const isWrong = (this.depth > 1 && attributes > 0) || this.depth > 3 || (this.depth === 3 && !this.isNew(name));
    if (isWrong) this.fault ??= SHAPE;
    this.text = "";
  }

  private begin(): void {
    this.value = new Map();
    this.fault = undefined;
    this.length = 0;
  }

  private isNew(name: string): boolean {
    return isFieldName(name) && !this.value.has(name) && this.value.size < LIMITS.columns;
  }

  private add(text: string): void {
    this.length += text.length;
    if (this.length > LIMITS.rowLength) this.fault ??= TOO_LARGE;
    else if (this.depth === 2 && text.trim() !== "") this.fault ??= SHAPE;
    else if (this.depth === 3) this.text += text;
  }

  private close(name: string): void {
    if (this.fileFault !== undefined) return;
    // An empty element says nothing.
    if (this.depth === 3 && this.fault === undefined && this.text !== "") this.value.set(name, this.text);
    if (this.depth === 2) {
      const { fault, value } = this;
      const number = ++this.number;
      this.rows.push(fault === undefined ? { number, value: Object.fromEntries(value) } : { number, fault });
    }
    this.depth--;
  }
}

/** The rows of an XML file; all values are texts. */
export async function* xml(text: AsyncIterable<string>): AsyncGenerator<readonly Row[]> {
  const records = new Records();
  for await (const chunk of text) {
    yield records.write(chunk);
    records.throwFault();
  }
  records.end();
}
