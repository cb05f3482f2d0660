import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { formatSSEErrorEvent, formatSSEEvent, SSE_HEADERS } from "@a2a-js/sdk";
import { published, refusal } from "./refusal.ts";

/** One JSON-RPC response, of the SDK's form. */
export interface RpcResponse {
  readonly id: string | number | null;
  readonly result?: unknown;
  readonly error?: unknown;
}

/**
 * Sends responses as server-sent events, no faster than they are read. It reads to the end even when the caller has left: what
 * follows is still kept in the task.
 */
export async function sendStream(
  responses: AsyncIterable<RpcResponse>,
  response: ServerResponse,
  { id, keepAliveMs }: { readonly id: unknown; readonly keepAliveMs: number },
): Promise<void> {
  const alive = setInterval(() => {
    if (response.headersSent && !response.destroyed) response.write(": alive\n\n");
  }, keepAliveMs);
  try {
    for await (const it of responses) {
      if (response.destroyed) continue;
      if (!response.headersSent) response.writeHead(200, SSE_HEADERS);
      if (!response.write(formatSSEEvent(published(it)))) await drained(response);
    }
  } catch (error) {
    // Before the first event, whoever called answers as always.
    if (!response.headersSent) throw error;
    if (!response.destroyed) response.write(formatSSEErrorEvent(JSON.parse(refusal(error, id).body)));
  } finally {
    clearInterval(alive);
  }
  if (!response.destroyed) response.end();
}

async function drained(response: ServerResponse): Promise<void> {
  const done = new AbortController();
  const { signal } = done;
  try {
    await Promise.race(["drain", "close"].map((event) => once(response, event, { signal })));
  } finally {
    done.abort();
  }
}
