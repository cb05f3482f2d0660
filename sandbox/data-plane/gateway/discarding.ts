import type { IncomingMessage } from "node:http";
import { finished } from "node:stream/promises";

/** More than any client sends that stops once it has its answer. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Reads on what a request that is answered still sends, and drops it: a connection that is closed before is reset, and most
 * clients then never see the answer. Ends with the request, with its connection, or after 64 MB; how long it may take is the
 * server's `requestTimeout`.
 */
export async function discardRest(request: IncomingMessage): Promise<void> {
  let bytes = 0;
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) request.destroy();
  });
  await finished(request, { writable: false }).catch(() => undefined);
}
