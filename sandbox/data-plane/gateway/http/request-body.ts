import { isJsonContentType } from "@modelcontextprotocol/server";
import type { IncomingMessage } from "node:http";
import { GatewayProblem } from "../gateway-problem.ts";

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A body as it came, and what it says. */
export interface RequestBody {
  readonly text: string;
  readonly value: unknown;
}

/**
 * Reads the body of a request. A name that is given twice is nothing to the gateway: what goes on is written anew from
 * what was read, and the interceptor is shown the text.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<RequestBody> {
  const { headers } = request;
  if (!isJsonContentType(headers["content-type"]) || !["identity", undefined].includes(headers["content-encoding"]))
    throw new GatewayProblem("ERR_CONTENT_TYPE", "body is not plain JSON");
  const bytes = await readBytes(request, limit);
  try {
    const text = UTF8.decode(bytes);
    return { text, value: JSON.parse(text) as unknown };
  } catch (cause) {
    throw new GatewayProblem("ERR_MESSAGE_SYNTAX", "body is not JSON in UTF-8", { cause });
  }
}

async function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  const tooLarge = (): GatewayProblem =>
    new GatewayProblem("ERR_MESSAGE_TOO_LARGE", `body of more than ${limit} bytes`);
  if (Number(request.headers["content-length"]) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  // What is too large is refused, but its sender is still listened to, so that the answer reaches it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}
