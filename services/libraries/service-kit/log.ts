import { pino, stdTimeFunctions } from "pino";
import type { DestinationStream, Logger } from "pino";
import type { ServiceLogLine } from "../../../contracts/records/log-line.ts";
import { Problem } from "./problem.ts";

export type { Logger } from "pino";

/** What must never reach a log, wherever it stands in what is logged. */
const SECRET = ["authorization", "token", "arguments", "body", "email", "password", "secret"];

/** The log of one service: a `ServiceLogLine` as JSON for each event, without payloads and credentials. */
export function serviceLog(service: string, destination?: DestinationStream): Logger {
  const options = {
    base: { service } satisfies Pick<ServiceLogLine, "service">,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: SECRET.flatMap((it) => [it, `*.${it}`, `*.*.${it}`]), censor: "[removed]" },
    serializers: { error: errorFields },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** What the log gets of an error: the stable code and the reason, with the reasons below it. */
export function errorFields(error: unknown): { readonly [field: string]: unknown } {
  if (!(error instanceof Error)) return { reason: String(error) };
  const cause = error.cause === undefined ? {} : { cause: errorFields(error.cause) };
  if (isOfPostgres(error)) return { name: error.name, sqlState: error.code, routine: error.routine, ...cause };
  if (error instanceof Problem) return { code: error.code, field: error.field, reason: error.message, ...cause };
  return { name: error.name, reason: error.message, stack: error.stack, ...cause };
}

interface PostgresError extends Error {
  readonly code: string;
  readonly severity: string;
  readonly routine?: string;
}

/** What PostgreSQL says in an error repeats values of rows and statements, and so does the stack below it. */
function isOfPostgres(error: Error): error is PostgresError {
  const { code, severity } = error as Partial<PostgresError>;
  return typeof severity === "string" && typeof code === "string" && /^[0-9A-Z]{5}$/.test(code);
}
