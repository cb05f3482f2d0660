import type { DatabaseError } from "pg";

/** What a caller is told of a SQLSTATE whose own message repeats values, of rows or of the call. */
const MESSAGES: Readonly<Record<string, string>> = {
  "22001": "a value is too long for its type",
  "22003": "a number is out of range of its type",
  "22007": "a value is no date or time",
  "22008": "a date or time is out of range",
  "22012": "division by zero",
  "22023": "a function was given a value that it cannot take",
  "22026": "a value has another length than its type",
  "22032": "a value is no JSON",
  "22P02": "a value cannot be read as its type",
  "22P03": "a value cannot be read as its type",
  "2201B": "a regular expression is invalid",
  "2201E": "a logarithm of such a number does not exist",
  "2201F": "a power of such a number does not exist",
  "2202E": "an array subscript is wrong",
  "23502": "a column must have a value",
  "23503": "a row refers to one that does not exist, or is referred to",
  "23505": "a row with the same key exists",
  "23514": "a row breaks a rule of its table",
  "42601": "the statement has a syntax error",
};

/** The classes whose messages repeat values; those of the others speak of names and types alone. */
const CLASSES: Readonly<Record<string, string>> = {
  "22": "a value does not fit what is done with it",
  "23": "a row breaks a rule of its table",
};

/** What a caller is told of a fault of the own statement or values: what is wrong, where, and by which SQLSTATE, without any value. */
export function callersFault(error: DatabaseError): string {
  const state = stateOf(error);
  const what = MESSAGES[state] ?? CLASSES[state.slice(0, 2)] ?? error.message;
  const { constraint, column, position } = error;
  const names = [constraint && `constraint ${constraint}`, column && `column ${column}`].filter(Boolean).join(", ");
  const where = position === undefined ? "" : `, character ${position}`;
  return `${what}${names === "" ? "" : `: ${names}`} (SQLSTATE ${state}${where})`;
}

/** What the log is told of any error of the server: what kind it is and which routine raised it where, nothing of what it says. */
export function forTheLog(error: DatabaseError): string {
  const { routine, position } = error;
  return `SQLSTATE ${stateOf(error)}${routine === undefined ? "" : ` in ${routine}`}${position === undefined ? "" : ` at ${position}`}`;
}

/** Lets positions count from `start` of the text that was run, where the text of the caller begins; a place before it is none. */
export function placedFrom(error: DatabaseError, start: number): DatabaseError {
  const place = Number(error.position ?? 0) - start;
  error.position = place > 0 ? String(place) : undefined;
  return error;
}

function stateOf({ code }: DatabaseError): string {
  return code ?? "unknown";
}
