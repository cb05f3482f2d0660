import { pino } from "pino";
import type { LogFn, Logger, LoggerOptions } from "pino";
import { eventOf, type LeastLevel, type ServiceLogLine } from "../../../contracts/records/log-line.ts";
import { Problem } from "./problem.ts";

export type { Logger } from "pino";

/** What must never reach a log, wherever it stands in what is logged. */
const SECRET = ["authorization", "token", "arguments", "body", "email", "password", "secret"];

/** Leaves a line of an audit or of metrics where the platform collects them. */
export const toStandardOutput = (line: string): void => void process.stdout.write(`${line}\n`);

/** Where the lines of a log go, and which. */
export interface ServiceLogOptions {
  /** Takes a line with its end; standard output without it. */
  readonly write?: (line: string) => void;
  /** How severe a line must be at least: `INFO` without it. */
  readonly level?: LeastLevel;
}

/** The log of one service: a `ServiceLogLine` as JSON for each event, named by its text, without payloads and credentials. */
export function serviceLog(component: string, { write, level = "INFO" }: ServiceLogOptions = {}): Logger {
  const options: LoggerOptions = {
    level: level.toLowerCase(),
    base: { component } satisfies Pick<ServiceLogLine, "component">,
    timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
    messageKey: "event" satisfies keyof ServiceLogLine,
    nestedKey: "details" satisfies keyof ServiceLogLine,
    formatters: { level: (label: string) => ({ level: label.toUpperCase() }) },
    hooks: { logMethod: namingTheEvent },
    redact: { paths: SECRET.flatMap((it) => [it, `*.${it}`, `*.*.${it}`]), censor: "[removed]" },
    serializers: { error: errorFields },
  };
  return write === undefined ? pino(options) : pino(options, { write });
}

/** A line is `log.info(fields, text)` or `log.info(text)`; pino fills no text in, since what is filled in would be contents. */
function namingTheEvent(this: Logger, [first, second]: Parameters<LogFn>, write: LogFn): void {
  const [fields, text]: readonly [object, unknown] = isObject(first) ? [first, second] : [{}, first];
  write.call(this, fields, eventOf(typeof text === "string" ? text : ""));
}

const isObject = (it: unknown): it is object => typeof it === "object" && it !== null;

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
