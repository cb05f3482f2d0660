import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ObjectStorage } from "../../../../sandbox/data-plane/object-storage/object-storage.ts";

/** What goes wrong with a request: an answer of S3's instead of the real one, an answer that breaks off, or none at all. */
export type Fault = { readonly status: number; readonly code: string } | "breaks off" | "hangs";

/** An object storage behind a network that has its bad moments. */
export interface FaultyStorage extends ObjectStorage {
  /** What goes wrong with the next requests, one after the other. */
  readonly faults: Fault[];
  /** How many requests came, and how many bytes of bodies went back. */
  readonly seen: { requests: number; bytes: number };
}

/** Puts bad moments before an object storage. */
export async function faultyStorage(storage: ObjectStorage): Promise<FaultyStorage> {
  const faults: Fault[] = [];
  const seen = { requests: 0, bytes: 0 };
  const server = createServer((incoming, response) => {
    seen.requests++;
    const fault = faults.shift();
    if (fault === "hangs") return;
    if (typeof fault === "object") refuse(response, fault);
    else forward(storage, incoming, response, seen, fault === "breaks off");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { ...storage, endpoint: `http://127.0.0.1:${port}`, stop, faults, seen };
}

function refuse(response: ServerResponse, { status, code }: { readonly status: number; readonly code: string }): void {
  response.writeHead(status, { "content-type": "application/xml" });
  response.end(`<Error><Code>${code}</Code><Message>not now</Message></Error>`);
}

function forward(
  { endpoint }: ObjectStorage,
  incoming: IncomingMessage,
  response: ServerResponse,
  seen: FaultyStorage["seen"],
  breaksOff: boolean,
): void {
  const { method, url = "", headers } = incoming;
  const passed = request(endpoint + url, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 0, answer.headers);
    answer.on("data", (chunk: Buffer) => {
      seen.bytes += chunk.length;
      if (breaksOff) response.write(chunk.subarray(0, chunk.length / 2), () => response.destroy());
    });
    if (!breaksOff) answer.pipe(response);
    response.on("close", () => answer.destroy());
  });
  passed.on("error", () => response.destroy());
  incoming.pipe(passed);
}
