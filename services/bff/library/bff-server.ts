import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { BFF_PORT } from "../../../contracts/ports.ts";

/** How long a BFF waits for callers, and for what is in flight when it ends; in milliseconds. */
export interface ServerLimits {
  /** Until the headers of a request have arrived. */
  readonly headersMs: number;
  /** Until the whole request has arrived. */
  readonly requestMs: number;
  readonly drainMs: number;
}

const LIMITS: ServerLimits = { headersMs: 10_000, requestMs: 30_000, drainMs: 10_000 };

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
}

/** Serves a BFF by HTTP/1.1; callers that send slowly are answered with 408 and cut off. */
export async function startBffServer({
  fetch,
  port = BFF_PORT,
  address,
  limits,
}: BffServerOptions): Promise<BffServer> {
  const { headersMs, requestMs, drainMs } = { ...LIMITS, ...limits };
  const server = createServer(
    { headersTimeout: headersMs, requestTimeout: requestMs, connectionsCheckingInterval: headersMs / 4 },
    getRequestListener(fetch, { overrideGlobalObjects: false }),
  );
  server.on("request", (_request, response) => response.once("close", () => endIdle(server)));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, address ?? "0.0.0.0", resolve);
  });
  return { port: (server.address() as AddressInfo).port, stop: () => drained(server, drainMs) };
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
