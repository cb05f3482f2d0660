import pg from "pg";
import { Problem } from "../../libraries/service-kit/problem.ts";
import { callersFault, forTheLog } from "./statements/sql-state.ts";

/** What can go wrong between a tool and its rows. */
export type DatabaseErrorCode =
  | "ERR_CURSOR_INVALID"
  | "ERR_DATABASE_BUSY"
  | "ERR_DATABASE_UNAVAILABLE"
  | "ERR_DATABASE_INTERNAL"
  | "ERR_IDEMPOTENCY_CONFLICT"
  | "ERR_RESULT_TOO_LARGE"
  | "ERR_STATEMENT_CANCELLED"
  | "ERR_STATEMENT_FAILED"
  | "ERR_STATEMENT_REFUSED"
  | "ERR_STATEMENT_TIMEOUT"
  | "ERR_TABLE_UNKNOWN"
  | "ERR_CHANGE_REFUSED"
  | "ERR_CHANGE_TOO_LARGE";

/** A call that the database, or we in front of it, did not answer. The log gets `reason`, else the code alone: what a caller is told may repeat the call. */
export class DatabaseProblem extends Problem<DatabaseErrorCode> {
  override readonly name = "DatabaseProblem";

  constructor(
    code: DatabaseErrorCode,
    clientMessage: string,
    options?: { reason?: string; field?: string; cause?: unknown },
  ) {
    super(code, options?.reason ?? code, clientMessage, options);
  }
}

/** The classes of SQLSTATE that are about the caller's own statement and values. */
const CALLERS_FAULT = /^(0A|21|22|23|42|54)/;

const UNREACHABLE = "the database cannot be reached at the moment; try again in a few seconds";

/** By SQLSTATE, what is not the caller's fault or must be worded otherwise. */
const BY_STATE: { readonly [state: string]: readonly [DatabaseErrorCode, string] } = {
  "25006": ["ERR_STATEMENT_REFUSED", "a read tool cannot change anything"],
  "28000": ["ERR_STATEMENT_REFUSED", "the statement gave up its tenant"],
  "42501": ["ERR_STATEMENT_REFUSED", "the statement uses something that is not granted"],
  "53200": ["ERR_STATEMENT_FAILED", "the statement needs more memory than one may have; ask for less"],
  "53400": ["ERR_STATEMENT_FAILED", "the statement needs more temporary files than one may have; ask for less"],
  "53300": ["ERR_DATABASE_BUSY", "the database has no free connection; try again"],
  "55P03": ["ERR_DATABASE_BUSY", "the rows are locked by another call; try again"],
  "40001": ["ERR_DATABASE_BUSY", "another call changed the same rows; try again"],
  "40P01": ["ERR_DATABASE_BUSY", "another call changed the same rows; try again"],
};

/** What a failure of the driver or the server means to a caller. */
export function databaseProblem(error: unknown): Problem {
  if (error instanceof Problem) return error as Problem;
  if (!(error instanceof pg.DatabaseError)) return connectionProblem(error);
  const state = error.code ?? "";
  const known = BY_STATE[state];
  if (known !== undefined) return problem(known[0], known[1], error);
  if (state === "57014") return stopped(error);
  if (/^(08|57P)/.test(state)) return problem("ERR_DATABASE_UNAVAILABLE", UNREACHABLE, error);
  if (state.startsWith("53"))
    return problem("ERR_DATABASE_BUSY", "the statement needs more than the database has", error);
  if (CALLERS_FAULT.test(state)) return problem("ERR_STATEMENT_FAILED", callersFault(error), error);
  return problem("ERR_DATABASE_INTERNAL", "the database failed", error);
}

function problem(code: DatabaseErrorCode, clientMessage: string, cause: Error): DatabaseProblem {
  const reason = cause instanceof pg.DatabaseError ? forTheLog(cause) : cause.name;
  return new DatabaseProblem(code, clientMessage, { reason, cause });
}

function stopped(error: Error): DatabaseProblem {
  return error.message.includes("timeout")
    ? problem("ERR_STATEMENT_TIMEOUT", "the statement took too long", error)
    : problem("ERR_STATEMENT_CANCELLED", "the statement was cancelled", error);
}

function connectionProblem(error: unknown): DatabaseProblem {
  const cause = error instanceof Error ? error : new Error(String(error));
  if (cause instanceof TypeError) return problem("ERR_DATABASE_INTERNAL", "the database failed", cause);
  return cause.message.includes("timeout exceeded when trying to connect")
    ? problem("ERR_DATABASE_BUSY", "the database has no free connection; try again", cause)
    : problem("ERR_DATABASE_UNAVAILABLE", UNREACHABLE, cause);
}
