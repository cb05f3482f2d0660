import type { Context } from "hono";
import type { z } from "zod";
import { ApiProblem } from "../../library/api-problem.ts";

/** The query of a request by its schema; throws `ApiProblem` 400 that names each parameter at fault, unknown and repeated ones, too. */
export function queryOf<Schema extends z.ZodObject>(call: Context, schema: Schema): z.output<Schema> {
  const given = Object.entries(call.req.queries());
  const repeated = given.filter(([, values]) => values.length > 1);
  if (repeated.length > 0)
    throw refused(repeated.map(([parameter]) => ({ parameter, detail: "must not be repeated" })));
  return checked(
    schema.strict() as unknown as Schema,
    Object.fromEntries(given.map(([name, [value]]) => [name, value])),
  );
}

/** The parameters in the path by their schema; throws `ApiProblem` 404, since there is nothing at such an address. */
export function paramsOf<Schema extends z.ZodObject>(call: Context, schema: Schema): z.output<Schema> {
  const read = schema.safeParse(call.req.param());
  if (read.success) return read.data;
  throw new ApiProblem("not-found", "there is no such resource");
}

function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw refused(
    read.error.issues.flatMap((issue) =>
      (issue.code === "unrecognized_keys" ? issue.keys : [issue.path.join(".")]).map((parameter) => ({
        parameter,
        detail: issue.code === "unrecognized_keys" ? "is not known" : issue.message,
      })),
    ),
  );
}

function refused(errors: readonly { readonly parameter: string; readonly detail: string }[]): ApiProblem {
  return new ApiProblem("bad-request", "a parameter is not allowed", { errors: errors.slice(0, 20) });
}
