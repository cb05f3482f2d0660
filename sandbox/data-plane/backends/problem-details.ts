import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import * as z from "zod";

/** Answers what goes wrong as RFC 9457 has it. */
export function problemDetails(error: Error, call: Context): Response {
  const status = error instanceof HTTPException ? error.status : 500;
  const detail = status === 500 ? "internal error" : error.message;
  return call.json({ status, detail }, status, { "content-type": "application/problem+json" });
}

/** Reads what a caller gave; a fault is the caller's. */
export function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const { data, error } = schema.safeParse(value);
  if (error !== undefined) throw new HTTPException(400, { message: z.prettifyError(error) });
  return data;
}
