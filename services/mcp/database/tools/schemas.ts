import * as z from "zod";
import type { Json } from "../statements/values.ts";

/** The name of a table or column. */
export const identifierText = z.string().min(1).max(63);

/** A query and its values. */
export const statementInput = z.object({
  sql: z.string().min(1).max(20_000).describe("one query, without semicolon"),
  parameters: z
    .array(z.union([z.string().max(100_000), z.number(), z.boolean(), z.null()]))
    .max(100)
    .default([])
    .describe("values of $1, $2, …; exact numbers as strings"),
});

/** Names and types of the columns of a result. */
export const columns = z.array(z.object({ name: z.string(), type: z.string() }));

/** The rows of a result, in the order of its columns. */
export const rows = z.array(z.array(z.json()));

/** Parameters as PostgreSQL reads them. */
export function textParameters(parameters: readonly (string | number | boolean | null)[]): readonly (string | null)[] {
  return parameters.map((it) => (it === null ? null : String(it)));
}

/** Values as zod wants them, which knows no readonly arrays. */
export const mutable = (values: readonly (readonly Json[])[]): z.input<typeof rows> =>
  values.map((it) => [...it]) as z.input<typeof rows>;
