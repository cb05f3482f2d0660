/// <reference path="./libpg-query.d.ts" />
import { setFlagsFromString } from "node:v8";
import makeModule, { type PgQueryModule } from "libpg-query/wasm/libpg-query.js";

/** A node of PostgreSQL's parse tree, or a list or value in it, as `pg_query` writes it in JSON. */
export type ParseNode = string | number | boolean | null | readonly ParseNode[] | ParseFields;

/** The members of a node. */
export interface ParseFields {
  readonly [name: string]: ParseNode | undefined;
}

/** A statement as its text was: `stmt_location` and `stmt_len` are absent where nothing but it is in the text. */
export interface ParsedStatement {
  readonly stmt: ParseFields;
  readonly stmt_location?: number;
  readonly stmt_len?: number;
}

/** A text that PostgreSQL's grammar does not admit, or that is too deep for its parser. */
export class SqlSyntaxFault extends Error {
  override readonly name = "SqlSyntaxFault";
}

/** Offsets of the pointers in the result structure of `pg_query`, and in its error. */
const TREE = 0;
const ERROR = 8;
const MESSAGE = 0;

let instance: Promise<PgQueryModule> | undefined;

/** Makes the parser ready, which takes some 40 ms once per process and 16 MB. */
export async function loadParser(): Promise<void> {
  await parserOf();
}

/** V8 would take more than 500 MB for some seconds to optimise the grammar, which is a single function, and a statement of usual length is parsed in less than 0.1 ms without. */
function parserOf(): Promise<PgQueryModule> {
  if (instance !== undefined) return instance;
  for (const it of ["--no-wasm-tier-up", "--no-wasm-dynamic-tiering"]) setFlagsFromString(it);
  return (instance = makeModule());
}

/** The statements of a text, by PostgreSQL's own grammar with `standard_conforming_strings`; throws `SqlSyntaxFault`. */
export async function parseSql(sql: string): Promise<readonly ParsedStatement[]> {
  const parser = await parserOf();
  let answer: { readonly tree: string } | { readonly fault: string };
  try {
    answer = answerOf(parser, sql);
  } catch (cause) {
    // The stack of an instance that overflowed is not unwound: nothing more can be asked of it.
    instance = undefined;
    throw new SqlSyntaxFault("it is nested too deeply", { cause });
  }
  if ("fault" in answer) throw new SqlSyntaxFault(answer.fault);
  const { stmts = [] } = JSON.parse(answer.tree) as { readonly stmts?: readonly ParsedStatement[] };
  return stmts;
}

function answerOf(parser: PgQueryModule, sql: string): { readonly tree: string } | { readonly fault: string } {
  const bytes = parser.lengthBytesUTF8(sql) + 1;
  const text = parser._malloc(bytes);
  parser.stringToUTF8(sql, text, bytes);
  const result = parser._wasm_parse_query_raw(text);
  const error = parser.getValue(result + ERROR, "i32");
  const answer =
    error === 0
      ? { tree: parser.UTF8ToString(parser.getValue(result + TREE, "i32")) }
      : { fault: parser.UTF8ToString(parser.getValue(error + MESSAGE, "i32")) };
  parser._wasm_free_parse_result(result);
  parser._free(text);
  return answer;
}
