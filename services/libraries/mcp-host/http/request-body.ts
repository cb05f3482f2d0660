import { isJsonContentType } from "@modelcontextprotocol/server";
import type { IncomingMessage } from "node:http";
import { Problem } from "../../service-kit/problem.ts";
import { JsonFault, parseStrictJson } from "../../service-kit/strict-json.ts";

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** The one JSON-RPC message that the body of `request` is. */
export async function readMessage(request: IncomingMessage, limit: number): Promise<unknown> {
  refuseForm(request);
  const message = parse(await readBytes(request, limit));
  // JSON-RPC batches left the protocol with revision 2025-06-18.
  if (Array.isArray(message)) throw new Problem("ERR_BATCH", "body is a batch", "batches are not served");
  return message;
}

function refuseForm({ headers }: IncomingMessage): void {
  if (!isJsonContentType(headers["content-type"]))
    throw new Problem("ERR_CONTENT_TYPE", "not JSON", "content-type must be application/json");
  if (!["identity", undefined].includes(headers["content-encoding"]))
    throw new Problem("ERR_CONTENT_ENCODING", "encoded", "content-encoding is not supported");
}

async function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  const message = `the body must not exceed ${limit} bytes`;
  if (Number(request.headers["content-length"]) > limit)
    throw new Problem("ERR_MESSAGE_TOO_LARGE", "content-length exceeds the limit", message);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) throw new Problem("ERR_MESSAGE_TOO_LARGE", "body exceeds the limit", message);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, length);
}

function parse(bytes: Buffer): unknown {
  try {
    return parseStrictJson(UTF8.decode(bytes));
  } catch (cause) {
    const reason = cause instanceof JsonFault ? cause.message : "not UTF-8";
    throw new Problem("ERR_MESSAGE_SYNTAX", reason, `the body must be JSON: ${reason}`, { cause });
  }
}
