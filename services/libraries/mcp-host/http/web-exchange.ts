import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

const PASSED_ON = new Set(["accept", "content-type", "last-event-id", "traceparent", "tracestate"]);

/**
 * The request as the SDK takes it, without its body, which was read already. Only the protocol's own headers go on:
 * neither the context token nor a cookie is any business of a tool.
 */
export function toWebRequest(request: IncomingMessage, signal: AbortSignal): Request {
  const headers: [string, string][] = [];
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === "string" && (PASSED_ON.has(name) || name.startsWith("mcp-"))) headers.push([name, value]);
  }
  return new Request("http://mcp.invalid/mcp", { method: request.method ?? "GET", headers, signal });
}

/** Writes what the SDK answered; a stream is passed on as it comes. */
export async function writeWebResponse(
  answer: Response,
  extraHeaders: readonly (readonly [string, string])[],
  response: ServerResponse,
): Promise<void> {
  const headers = { ...Object.fromEntries(answer.headers), ...Object.fromEntries(extraHeaders) };
  if (answer.headers.get("content-type")?.startsWith("text/event-stream") === true && answer.body !== null) {
    response.writeHead(answer.status, headers).flushHeaders();
    // A caller who leaves ends the stream: that is how the protocol cancels.
    await pipeline(Readable.fromWeb(answer.body), response).catch(() => undefined);
    return;
  }
  const body = answer.body === null ? "" : await answer.text();
  if (response.destroyed) return;
  response.writeHead(answer.status, { ...headers, "content-length": Buffer.byteLength(body) }).end(body);
}
