import * as z from "zod";

/** How severe a line of a log is. */
export const LOG_LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] as const;

/** How severe a line must be at least to be written, as an environment may choose: no audit line hangs on it, and nothing finer exists. */
export const LEAST_LEVELS = ["INFO", "WARN", "ERROR"] as const;

/** One of `LEAST_LEVELS`. */
export type LeastLevel = (typeof LEAST_LEVELS)[number];

/** Schema of the variable `LOG_LEVEL`: a process that is given another level does not start. */
export const leastLevel = z.enum(LEAST_LEVELS).default("INFO");

/** How what a line is about ended. */
export const LOG_STATUSES = ["success", "refused", "failed"] as const;

/** What an event is named, such as `mcp_request`: lower case with underscores. */
const EVENT = /^[a-z0-9]+(?:_[a-z0-9]+)*$/;

/** What a line says beside its event: these mean the same in every line, and an event may have others. No contents and no credentials. */
const details = z.looseObject({
  /** Who called: a client of an issuer of tokens. */
  client_id: z.string().nullable().optional(),
  mcp_server: z.string().nullable().optional(),
  method: z.string().nullable().optional(),
  duration_ms: z.number().nonnegative().nullable().optional(),
  status: z.enum(LOG_STATUSES).optional(),
});

/**
 * Schema of each line of a log (specification, section 6.2): interceptors, servers, agents and BFFs write it as JSON. A line of an audit is
 * one, too.
 */
export const logLineSchema = z.looseObject({
  /** ISO 8601, in UTC. */
  timestamp: z.iso.datetime(),
  level: z.enum(LOG_LEVELS),
  /** Which process wrote it. */
  component: z.string().min(1),
  event: z.string().regex(EVENT),
  details: details.optional(),
});

/** One line of a log. */
export type ServiceLogLine = z.infer<typeof logLineSchema>;

/** The event that a text is about: `call failed` is `call_failed`. */
export function eventOf(text: string): string {
  return (
    text
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.join("_") ?? "unnamed"
  );
}

/** How a request ended that was answered with an error, as fields of a line: what the platform could not answer failed. */
export function endedWith(statusCode: number): { readonly statusCode: number; readonly status: "failed" | "refused" } {
  return { statusCode, status: statusCode >= 500 ? "failed" : "refused" };
}
