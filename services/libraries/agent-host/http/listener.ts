import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { A2A_PORT } from "../../../../contracts/ports.ts";
import { Problem } from "../../service-kit/problem.ts";
import type { AgentLimits } from "../limits.ts";

/** A host that can be started once and stopped once. */
export interface AgentHost {
  /** Listens, on AgentCore's address by default, and tells the port. */
  listen(port?: number, address?: string): Promise<number>;
  /** Refuses what comes from now on, and resolves once what was in flight has ended or run out of time. */
  stop(): Promise<void>;
}

/** What answers each address. */
export interface Routes {
  /** `GET /.well-known/agent-card.json`. */
  readonly card: (response: ServerResponse) => Promise<void>;
  /** `POST /`. */
  readonly call: (request: IncomingMessage, response: ServerResponse, left: AbortSignal) => Promise<void>;
  readonly refuse: (error: unknown, request: IncomingMessage, response: ServerResponse) => void;
}

/** The HTTP side of a host: the agent's card, calls, `GET /ping` (AWS: "A2A protocol contract"), time limits, and a graceful end. */
export function listener(routes: Routes, limits: AgentLimits): AgentHost {
  let isDraining = false;
  const inFlight = new Set<Promise<void>>();
  const stopping = new AbortController();

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [path] = (request.url ?? "/").split("?", 1);
    if (request.headers.origin !== undefined)
      throw new Problem("ERR_ORIGIN", "the request is of a web page", "web pages may not call agents");
    if (request.method === "GET" && path === "/ping") {
      health(response, inFlight.size, isDraining);
      return;
    }
    if (request.method === "GET" && path === "/.well-known/agent-card.json") return routes.card(response);
    if (path !== "/") throw new Problem("ERR_NOT_FOUND", "unknown path", "only / is served");
    if (request.method !== "POST") throw new Problem("ERR_HTTP_METHOD", "not POST", "only POST is served");
    if (isDraining) throw new Problem("ERR_DRAINING", "draining", "this agent is stopping; try again elsewhere");
    return routes.call(request, response, AbortSignal.any([leavingOf(response), stopping.signal]));
  };

  const options = { requestTimeout: limits.requestMs, headersTimeout: limits.requestMs };
  const server = createServer(options, (request, response) => {
    const exchange = route(request, response)
      .catch((error: unknown) => routes.refuse(error, request, response))
      .finally(() => inFlight.delete(exchange));
    inFlight.add(exchange);
  });
  return {
    listen: (port = A2A_PORT, address = "0.0.0.0") => listen(server, port, address),
    stop: async () => {
      isDraining = true;
      await ended(server, { inFlight, stopping, drainMs: limits.drainMs });
    },
  };
}

interface Ending {
  readonly inFlight: ReadonlySet<Promise<void>>;
  readonly stopping: AbortController;
  readonly drainMs: number;
}

/** Waits for what is in flight, then cancels what is left of it. */
async function ended(server: Server, { inFlight, stopping, drainMs }: Ending): Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  server.closeIdleConnections();
  await settledWithin(inFlight, drainMs);
  stopping.abort();
  await settledWithin(inFlight, drainMs);
  server.closeAllConnections();
  await closed;
}

/** A signal that aborts when the caller closes the connection before the answer is complete. */
function leavingOf(response: ServerResponse): AbortSignal {
  const left = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) left.abort();
  });
  return left.signal;
}

function health(response: ServerResponse, inFlight: number, isDraining: boolean): void {
  const status = isDraining || inFlight > 1 ? "HealthyBusy" : "Healthy";
  const time = Math.floor(Date.now() / 1_000);
  response
    .writeHead(200, { "content-type": "application/json" })
    .end(JSON.stringify({ status, time_of_last_update: time }));
}

function listen(server: Server, port: number, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, address, () => resolve((server.address() as AddressInfo).port));
  });
}

async function settledWithin(inFlight: ReadonlySet<Promise<void>>, milliseconds: number): Promise<void> {
  const timeout = Promise.withResolvers<undefined>();
  const timer = setTimeout(timeout.resolve, milliseconds, undefined);
  await Promise.race([Promise.all(inFlight), timeout.promise]);
  clearTimeout(timer);
}
