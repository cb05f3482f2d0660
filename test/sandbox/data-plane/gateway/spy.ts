import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Something that listens on loopback until it is closed. */
export interface Listening {
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/** Answers requests on loopback. */
export async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Listening> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

/** A request as a target got it. */
export interface SeenRequest {
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingMessage["headers"];
  readonly body: {
    readonly id: number;
    readonly method: string;
    readonly params: { readonly [member: string]: unknown };
  };
}

/** A foreign MCP server that writes down what it gets, and answers as it is told. */
export async function spy(answer: (request: SeenRequest, response: ServerResponse) => void = usual) {
  const seen: SeenRequest[] = [];
  const server = await listen((request, response) => {
    const chunks: Buffer[] = [];
    request
      .on("data", (chunk: Buffer) => chunks.push(chunk))
      .on("end", () => {
        const { headers, rawHeaders } = request;
        const it = { headers, rawHeaders, body: JSON.parse(Buffer.concat(chunks).toString()) as SeenRequest["body"] };
        seen.push(it);
        answer(it, response);
      });
  });
  return { ...server, seen };
}

/** Answers with one tool, or with a text. */
export function usual({ body: { id, method } }: SeenRequest, response: ServerResponse): void {
  const tool = { name: "look", description: "Looks", inputSchema: { type: "object" } };
  const result = method === "tools/list" ? { tools: [tool] } : { content: [{ type: "text", text: "seen" }] };
  const body = JSON.stringify({ jsonrpc: "2.0", id, result: { resultType: "complete", ...result } });
  response.writeHead(200, { "content-type": "application/json" }).end(body);
}
