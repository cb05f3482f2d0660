/** A piece of SQL as PostgreSQL's scanner cuts it; words are in lower case, the content of strings is dropped. */
export interface SqlToken {
  readonly kind: "word" | "quoted" | "string" | "number" | "parameter" | "symbol";
  readonly text: string;
}

/** Why a text cannot be cut into tokens. */
export class SqlSyntaxFault extends Error {
  override readonly name = "SqlSyntaxFault";
}

/** In this order; each begins where the one before ended. Only ASCII space is space to PostgreSQL. */
const PATTERNS: readonly (readonly [SqlToken["kind"] | "nothing" | "refused", RegExp])[] = [
  ["nothing", /[ \t\n\r\f\v]+|--[^\n\r]*/y],
  // U&"\0066" spells an identifier that we would not recognise.
  ["refused", /[uU]&["']/y],
  ["string", /[eE]'(?:[^'\\]|''|\\[^])*'/y],
  ["string", /(?:[nN]|[bBxX])?'(?:[^']|'')*'/y],
  ["string", /\$([A-Za-z_\x80-\uffff][\w\x80-\uffff]*)?\$[^]*?\$\1\$/y],
  ["parameter", /\$\d+/y],
  ["quoted", /"(?:[^"]|"")+"/y],
  ["word", /[A-Za-z_\x80-\uffff][\w$\x80-\uffff]*/y],
  // What hangs on a number (1and, 0x1f) is a number here and a mistake there.
  ["number", /\.?\d[\w$\x80-\uffff]*(?:\.[\w$\x80-\uffff]*)?/y],
  ["symbol", /::|[-+*/<>=~!@#%^&|`?()[\],.;:]/y],
];

/** Cuts a statement as PostgreSQL would with `standard_conforming_strings`. */
export function sqlTokens(sql: string): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  for (let at = 0; at < sql.length;) {
    if (sql.startsWith("/*", at)) {
      at = endOfComment(sql, at);
      continue;
    }
    const { kind, text } = tokenAt(sql, at);
    at += text.length;
    if (kind === "nothing") continue;
    tokens.push({ kind, text: kind === "word" ? text.toLowerCase() : kind === "string" ? "''" : text });
  }
  return tokens;
}

function tokenAt(sql: string, at: number): { readonly kind: SqlToken["kind"] | "nothing"; readonly text: string } {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const text = pattern.exec(sql)?.[0];
    if (text === undefined) continue;
    if (kind === "refused") throw new SqlSyntaxFault(`${text} is not supported`);
    return { kind, text };
  }
  throw new SqlSyntaxFault(`character ${at + 1} begins nothing that can be read`);
}

/** Comments nest in PostgreSQL. */
function endOfComment(sql: string, start: number): number {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = start;
  for (let depth = 0, found = mark.exec(sql); found !== null; found = mark.exec(sql)) {
    depth += found[0] === "/*" ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
  throw new SqlSyntaxFault("a comment does not end");
}
