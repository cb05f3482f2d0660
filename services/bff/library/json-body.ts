import type { Context } from "hono";
import type { z } from "zod";
import { JsonFault, parseStrictJson } from "../../libraries/service-kit/strict-json.ts";
import { ApiProblem, type RequestFault } from "./api-problem.ts";
import { readBody } from "./request-body.ts";

/** The largest JSON that a route takes unless it says otherwise. */
const MOST_BYTES = 64 * 1024;

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** The body of a request by its schema; throws `ApiProblem` (400, 413, 415, 422) that names each fault by a JSON Pointer. */
export async function readJson<Schema extends z.ZodType>(
  context: Context,
  schema: Schema,
  mostBytes = MOST_BYTES,
): Promise<z.output<Schema>> {
  const type = context.req.header("content-type")?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (type !== "application/json" && !/^application\/[\w.-]+\+json$/.test(type))
    throw new ApiProblem("unsupported-media-type", "content-type must be application/json");
  return checkedBy(schema, parsed(await readBody(context, mostBytes)));
}

/** A value by its schema; throws `ApiProblem` (422) that names each fault by a JSON Pointer. */
export function checkedBy<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new ApiProblem("invalid", "the body does not say what this address takes", {
    errors: read.error.issues.slice(0, 20).map(faultOf),
  });
}

function faultOf({ path, message }: z.core.$ZodIssue): RequestFault {
  const pointer = path.map((it) => `/${String(it).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
  return { pointer, detail: message };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return parseStrictJson(UTF8.decode(bytes));
  } catch (cause) {
    const reason = cause instanceof JsonFault ? cause.message : "not UTF-8";
    throw new ApiProblem("bad-request", `the body must be JSON: ${reason}`, { cause });
  }
}
