import { FUNCTIONS, GRAMMAR } from "./allowed-functions.ts";
import { DatabaseProblem } from "../database-problem.ts";
import { sqlTokens, SqlSyntaxFault, type SqlToken } from "./sql-tokens.ts";

const FIRST_WORDS = new Set(["select", "with", "values", "table"]);

/**
 * Refuses what is not one query over functions that we know, before the server sees it. It is the first lock only: that
 * the statement is a query, and no other, PostgreSQL's own grammar decides (`DECLARE … CURSOR FOR`), and that it changes
 * nothing and sees one tenant, the transaction's mode, role and seal.
 */
export function checkStatement(sql: string, parameterCount: number): void {
  const tokens = tokensOf(sql);
  if (!FIRST_WORDS.has(tokens.find(({ text }) => text !== "(")?.text ?? ""))
    throw refusal("the statement must be one SELECT, WITH, VALUES or TABLE");
  if (tokens.some(({ text }) => text === ";")) throw refusal("the statement must be a single one, without semicolon");
  checkParentheses(tokens);
  checkParameters(tokens, parameterCount);
  for (const [i, token] of tokens.entries()) if (tokens[i + 1]?.text === "(") checkCall(token, tokens[i - 1]);
}

/** Whether a function is one of those that a query may call. */
export const isAllowedFunction = (name: string): boolean => FUNCTIONS.has(name);

function refusal(message: string, cause?: unknown): DatabaseProblem {
  return new DatabaseProblem("ERR_STATEMENT_REFUSED", message, { field: "sql", cause });
}

function tokensOf(sql: string): readonly SqlToken[] {
  if (sql.includes("\0") || !sql.isWellFormed()) throw refusal("the statement is not well-formed text");
  try {
    return sqlTokens(sql);
  } catch (cause) {
    if (cause instanceof SqlSyntaxFault) throw refusal(`the statement cannot be read: ${cause.message}`, cause);
    throw cause;
  }
}

function checkParentheses(tokens: readonly SqlToken[]): void {
  let depth = 0;
  for (const { text } of tokens) {
    if (text === "(") depth++;
    else if (text === ")" && --depth < 0) break;
  }
  if (depth !== 0) throw refusal("the statement's parentheses do not match");
}

function checkParameters(tokens: readonly SqlToken[], count: number): void {
  const used = tokens.filter(({ kind }) => kind === "parameter").map(({ text }) => Number(text.slice(1)));
  const highest = Math.max(0, ...used);
  if (highest !== count) throw refusal(`the statement uses parameters up to $${highest}, but ${count} are given`);
}

/** After AS or WITH stands a new name or a type, never a call. */
function checkCall(token: SqlToken, before: SqlToken | undefined): void {
  const isName = token.kind === "word" || token.kind === "quoted" || token.kind === "number";
  const isNew = before?.kind === "word" && /^(as|with|recursive)$/.test(before.text);
  if (!isName || isNew) return;
  if (before?.text === "." || !isCallable(token))
    throw refusal(`the statement may not call ${token.text}; name columns of a derived table after AS`);
}

const isCallable = ({ kind, text }: SqlToken): boolean => kind === "word" && (GRAMMAR.has(text) || FUNCTIONS.has(text));
