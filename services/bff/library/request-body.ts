import type { Context } from "hono";
import { ApiProblem } from "./api-problem.ts";

/** The bytes of a body of at most `mostBytes`; throws `ApiProblem` 413, once that many have arrived, and 415 for one that is encoded. */
export async function readBody(context: Context, mostBytes: number): Promise<Uint8Array> {
  const { headers, body } = context.req.raw;
  const encoding = headers.get("content-encoding") ?? "identity";
  if (encoding !== "identity") throw new ApiProblem("unsupported-media-type", "content-encoding is not supported");
  if (Number(headers.get("content-length")) > mostBytes) throw tooLarge(mostBytes);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > mostBytes) throw tooLarge(mostBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function tooLarge(mostBytes: number): ApiProblem {
  // What is left of the body is not worth reading.
  const headers = { connection: "close" };
  return new ApiProblem("body-too-large", `the body must not exceed ${mostBytes} bytes`, { headers });
}
