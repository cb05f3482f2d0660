import * as z from "zod";

/** How severe a line of a log is. */
export const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal"] as const;

/** Schema of what each line of a service's log has; services write them as JSON, and the development server reads them. */
export const logLineSchema = z.looseObject({
  level: z.enum(LOG_LEVELS),
  /** ISO 8601, in UTC. */
  time: z.iso.datetime(),
  service: z.string(),
  msg: z.string().optional(),
});

/** One line of a log: what each has, beside the fields of the event. */
export type ServiceLogLine = z.infer<typeof logLineSchema>;
