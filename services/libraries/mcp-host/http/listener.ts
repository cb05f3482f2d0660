import { endedWith } from "../../../../contracts/records/log-line.ts";
import { MCP_PORT } from "../../../../contracts/ports.ts";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Problem } from "../../service-kit/problem.ts";
import type { HostLog } from "../guarded-call.ts";
import type { HostLimits } from "../limits.ts";
import { refusal } from "./refusal.ts";

/** A host that can be started once and stopped once. */
export interface McpHost {
  /** Listens, on AgentCore's address by default, and tells the port. */
  listen(port?: number, address?: string): Promise<number>;
  /** Refuses what comes from now on, and resolves once what was in flight has ended or run out of time. */
  stop(): Promise<void>;
}

interface Parts {
  readonly answer: (request: IncomingMessage, response: ServerResponse, signal: AbortSignal) => Promise<void>;
  readonly close: () => Promise<void>;
  readonly limits: HostLimits;
  readonly log: HostLog;
}

/** The HTTP side of a host: `POST /mcp`, `GET /ping`, time limits, and a graceful end. */
export function listener({ answer, close, limits, log }: Parts): McpHost {
  let isDraining = false;
  const inFlight = new Set<Promise<void>>();

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const left = new AbortController();
    response.once("close", () => {
      if (!response.writableFinished) left.abort();
    });
    try {
      const path = request.url?.split("?", 1)[0];
      if (path === "/ping" && request.method === "GET") {
        health(response, isDraining);
        return;
      }
      if (path !== "/mcp") throw new Problem("ERR_NOT_FOUND", "unknown path", "only /mcp and /ping are served");
      if (isDraining) throw new Problem("ERR_DRAINING", "draining", "this server is stopping; try again elsewhere");
      await answer(request, response, left.signal);
    } catch (error) {
      refuse(request, response, error, log);
    }
  };

  const server = createServer(
    {
      requestTimeout: limits.requestMs,
      headersTimeout: limits.requestMs,
      connectionsCheckingInterval: limits.requestMs / 4,
    },
    (request, response) => {
      const exchange = respond(request, response).finally(() => inFlight.delete(exchange));
      inFlight.add(exchange);
    },
  );
  return {
    listen: (port = MCP_PORT, address = "0.0.0.0") => listen(server, port, address),
    stop: async () => {
      isDraining = true;
      await drained(server, inFlight, limits.drainMs, close);
    },
  };
}

function health(response: ServerResponse, isDraining: boolean): void {
  const status = isDraining ? "HealthyBusy" : "Healthy";
  const time = Math.floor(Date.now() / 1000);
  response
    .writeHead(200, { "content-type": "application/json" })
    .end(JSON.stringify({ status, time_of_last_update: time }));
}

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown, log: HostLog): void {
  if (response.destroyed) return;
  const { status, code, body } = refusal(error);
  log[status >= 500 ? "error" : "warn"]({ error, code, ...endedWith(status) }, "request refused");
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, {
    "content-type": "application/json",
    ...(status === 401 && { "www-authenticate": 'Bearer error="invalid_token"' }),
    ...(status === 503 && { "retry-after": "1" }),
    // What is left of the body is not worth reading.
    ...(!request.complete || status === 503 ? { connection: "close" } : {}),
  });
  response.end(body);
}

function listen(server: Server, port: number, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, address, () => resolve((server.address() as AddressInfo).port));
  });
}

async function drained(
  server: Server,
  inFlight: ReadonlySet<Promise<void>>,
  drainMs: number,
  close: () => Promise<void>,
): Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  server.closeIdleConnections();
  const timeout = Promise.withResolvers<undefined>();
  const timer = setTimeout(timeout.resolve, drainMs, undefined);
  await Promise.race([Promise.all(inFlight), timeout.promise]);
  clearTimeout(timer);
  await close();
  server.closeAllConnections();
  await closed;
}
