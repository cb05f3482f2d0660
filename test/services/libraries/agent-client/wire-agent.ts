import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** One request as it came over the wire. */
export interface WireRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    readonly id: number;
    readonly method: string;
    readonly params: { readonly [name: string]: unknown };
  };
}

/** An agent that answers with texts as A2A 1.0 writes them, made without any SDK. */
export async function wireAgent(answer: (request: WireRequest, response: ServerResponse) => void) {
  const requests: WireRequest[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = JSON.parse(await text(request)) as WireRequest["body"];
    const seen = { headers: request.headers, body };
    requests.push(seen);
    answer(seen, response);
  };
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}/`),
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Answers with one result. */
export function answerWith({ body }: WireRequest, response: ServerResponse, result: object): void {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ jsonrpc: "2.0", id: body.id, result }));
}

/** Answers with a stream of results, and leaves it open where `end` is false. */
export function streamTo(
  { body }: WireRequest,
  response: ServerResponse,
  results: readonly object[],
  end = true,
): void {
  response.setHeader("content-type", "text/event-stream");
  for (const result of results) response.write(`data: ${JSON.stringify({ jsonrpc: "2.0", id: body.id, result })}\n\n`);
  if (end) response.end();
}
