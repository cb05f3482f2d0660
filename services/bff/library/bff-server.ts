import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { BFF_PORT } from "../../../contracts/ports.ts";

/** How long a BFF waits for callers, and for what is in flight when it ends; in milliseconds. */
export interface ServerLimits {
  /** Until the headers of a request have arrived. */
  readonly headersMs: number;
  /** Until the whole request has arrived; for a file that is uploaded, the longest in which nothing of it arrives. */
  readonly requestMs: number;
  /** Until a whole file has arrived. */
  readonly uploadMs: number;
  readonly drainMs: number;
}

const LIMITS: ServerLimits = { headersMs: 10_000, requestMs: 30_000, uploadMs: 3_600_000, drainMs: 10_000 };

/** A BFF that listens. */
export interface BffServer {
  readonly port: number;
  /** Takes no more requests, and resolves once those in flight have ended or run out of time. */
  readonly stop: () => Promise<void>;
}

/** What is served, and where; by default on the port of BFFs at all addresses. */
export interface BffServerOptions {
  readonly fetch: Parameters<typeof getRequestListener>[0];
  readonly port?: number;
  readonly address?: string;
  readonly limits?: Partial<ServerLimits>;
  /** Whether files are uploaded to a path. */
  readonly isUpload?: (path: string) => boolean;
}

/** Serves a BFF by HTTP/1.1; callers that send slowly are answered with 408 and cut off. */
export async function startBffServer({
  fetch,
  port = BFF_PORT,
  address,
  limits,
  isUpload = () => false,
}: BffServerOptions): Promise<BffServer> {
  const all = { ...LIMITS, ...limits };
  const { headersMs, drainMs } = all;
  const server = createServer(
    // Node.js knows one limit for all requests, so that of bodies is kept here.
    { headersTimeout: headersMs, requestTimeout: 0, connectionsCheckingInterval: headersMs / 4 },
    getRequestListener(fetch, { overrideGlobalObjects: false }),
  );
  server.prependListener("request", (request, response) => {
    const [path = ""] = (request.url ?? "").split("?");
    limitArrival(request, response, isUpload(path) ? all : { ...all, uploadMs: 0 });
  });
  server.on("request", (_request, response) => response.once("close", () => endIdle(server)));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, address ?? "0.0.0.0", resolve);
  });
  return { port: (server.address() as AddressInfo).port, stop: () => drained(server, drainMs) };
}

/** Answers 408, and closes, where a body stops arriving or takes too long as a whole. */
function limitArrival(
  request: IncomingMessage,
  response: ServerResponse,
  { requestMs, uploadMs }: Pick<ServerLimits, "requestMs" | "uploadMs">,
): void {
  const { socket } = request;
  const endsAt = performance.now() + uploadMs;
  let arrived = socket.bytesRead;
  const timer = setInterval(() => {
    const isStuck = socket.bytesRead === arrived || performance.now() >= endsAt;
    arrived = socket.bytesRead;
    if (request.complete) clearInterval(timer);
    else if (isStuck) cut(socket, response);
  }, requestMs);
  response.once("close", () => clearInterval(timer));
}

function cut(socket: Socket, { headersSent }: ServerResponse): void {
  if (headersSent) socket.destroy();
  else socket.end("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n", () => socket.destroy());
}

/** Once a server takes no more requests, a connection that is kept alive is of no use after its answer. */
function endIdle(server: Server): void {
  if (!server.listening) setImmediate(() => server.closeIdleConnections());
}

async function drained(server: Server, drainMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  const timer = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearTimeout(timer);
}
