import {
  localhostAllowedHostnames,
  localhostAllowedOrigins,
  validateHostHeader,
  validateOriginHeader,
} from "@modelcontextprotocol/server";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline as pipe } from "node:stream/promises";
import { challengeHeader, refusalOf } from "../../../../services/libraries/service-kit/tokens/challenge.ts";
import { TokenError } from "../../../../services/libraries/service-kit/problem.ts";
import { arrivalOf, refusedRequest, type Arrival, type RefusedRequest } from "../arrival.ts";
import { discardRest } from "../discarding.ts";
import { event } from "./event-stream.ts";
import { GatewayProblem, gatewayProblem, rpcError } from "../gateway-problem.ts";
import type { GatewayLimits } from "./limits.ts";
import type { Answer, Pipeline } from "../pipeline.ts";

/** What a listener needs of its gateway. */
export interface ListenerParts {
  readonly pipeline: Pick<Pipeline, "post" | "delete">;
  readonly scopes: readonly string[];
  /** What a client without a token is told to ask for. */
  readonly firstScopes: readonly string[];
  readonly issuer: () => Promise<string>;
  readonly limits: GatewayLimits;
  readonly report: (problem: GatewayProblem) => void;
  /** Takes what was refused before the interceptor saw it; throws when it cannot be recorded. */
  readonly refused: (refusal: RefusedRequest) => void;
}

const MCP = "/mcp";
const WELL_KNOWN = "/.well-known/oauth-protected-resource";
const MOST_CONNECTIONS = 5_000;
const UNAUTHENTICATED = -32001;

/** The HTTP side of a gateway, on loopback: its MCP endpoint, and the metadata of the resource that it is (RFC 9728). */
export function gatewayListener(parts: ListenerParts): Server {
  const server = createServer(
    {
      requestTimeout: parts.limits.requestMs,
      headersTimeout: parts.limits.requestMs,
      connectionsCheckingInterval: Math.min(1_000, parts.limits.requestMs / 4),
    },
    (request, response) => void new ReceivedRequest(parts, originOf(server), request, response).answer(),
  );
  server.maxConnections = MOST_CONNECTIONS;
  return server;
}

/** Where a server on loopback is reached. */
export function originOf(server: Server): string {
  const address = server.address();
  return typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}` : "";
}

/** One request that the listener has received, and its answer. */
class ReceivedRequest {
  private readonly parts: ListenerParts;
  private readonly origin: string;
  private readonly request: IncomingMessage;
  private readonly response: ServerResponse;
  private readonly arrival: Arrival;

  constructor(parts: ListenerParts, origin: string, request: IncomingMessage, response: ServerResponse) {
    this.parts = parts;
    this.origin = origin;
    this.request = request;
    this.response = response;
    this.arrival = arrivalOf(request, origin + WELL_KNOWN);
  }

  async answer(): Promise<void> {
    try {
      this.requireLoopback();
      await this.write(await this.answered());
    } catch (thrown) {
      await this.write(this.recorded(thrown));
    }
  }

  /** The answer to a refusal, once that is recorded. */
  private recorded(thrown: unknown): Answer {
    const problem = thrown instanceof TokenError ? thrown : gatewayProblem(thrown);
    const answer = this.refusal(problem);
    try {
      this.parts.refused(refusedRequest(this.arrival, problem, answer.status));
      return answer;
    } catch (cause) {
      return this.refusal(new GatewayProblem("ERR_INTERNAL", "the refusal could not be recorded", { cause }));
    }
  }

  /** A web page elsewhere must reach this neither by its own name for it, nor by the browser of who runs it. */
  private requireLoopback(): void {
    const { headers, rawHeaders } = this.request;
    if (!validateHostHeader(headers.host, localhostAllowedHostnames()).ok)
      throw new GatewayProblem("ERR_HOST", "host is not loopback");
    if (!validateOriginHeader(headers.origin, localhostAllowedOrigins()).ok)
      throw new GatewayProblem("ERR_ORIGIN", "origin is not loopback");
    const tokens = rawHeaders.filter((it, index) => index % 2 === 0 && it.toLowerCase() === "authorization");
    if (tokens.length > 1) throw new GatewayProblem("ERR_MESSAGE_INVALID", "there is more than one token");
  }

  private async answered(): Promise<Answer> {
    const { method, url = "" } = this.request;
    const [path] = url.split("?", 1);
    if (method === "OPTIONS") return { status: 204, headers: PREFLIGHT, body: undefined };
    if (method === "GET" && (path === WELL_KNOWN || path === WELL_KNOWN + MCP)) return this.metadata();
    if (path !== MCP) throw new GatewayProblem("ERR_NOT_FOUND", "path is not known");
    if (method === "DELETE") return this.parts.pipeline.delete(this.request, this.arrival);
    if (method !== "POST") throw new GatewayProblem("ERR_HTTP_METHOD", `method is not served`);
    return this.parts.pipeline.post(this.request, this.leaving(), this.arrival);
  }

  /** Aborts when the client goes before it has its answer. */
  private leaving(): AbortController {
    const left = new AbortController();
    this.response.once("close", () => {
      if (!this.response.writableFinished) left.abort();
    });
    return left;
  }

  private async metadata(): Promise<Answer> {
    const body = {
      resource: this.origin + MCP,
      authorization_servers: [await this.parts.issuer()],
      scopes_supported: this.parts.scopes,
      bearer_methods_supported: ["header"],
    };
    return { status: 200, headers: {}, body };
  }

  private refusal(problem: TokenError | GatewayProblem): Answer {
    if (problem instanceof TokenError) return this.challenge(problem);
    this.parts.report(problem);
    const headers = problem.code === "ERR_HTTP_METHOD" ? { allow: "POST" } : {};
    return { status: problem.status, headers, body: rpcError(null, problem) };
  }

  private challenge({ code, clientMessage }: TokenError): Answer {
    const { status, error } = refusalOf(code);
    const fields = error === undefined ? {} : { error, description: clientMessage };
    const { resourceMetadataUrl } = this.arrival;
    const challenge = challengeHeader({ resourceMetadataUrl, scopes: this.parts.firstScopes, ...fields });
    const headers = status === 503 ? { "retry-after": "1" } : { "www-authenticate": challenge };
    const data = { code };
    const body = { jsonrpc: "2.0", id: null, error: { code: UNAUTHENTICATED, message: clientMessage, data } };
    return { status, headers, body };
  }

  private async write({ status, headers, body, messages }: Answer): Promise<void> {
    const { request, response } = this;
    if (response.destroyed) return;
    const common = { ...headers, ...this.sharing(), ...(request.complete ? {} : { connection: "close" }) };
    if (messages !== undefined) {
      response
        .writeHead(status, { ...common, "content-type": "text/event-stream", "cache-control": "no-cache" })
        .flushHeaders();
      // A client that leaves ends the stream: that is how the protocol cancels.
      await pipe(Readable.from(texts(messages)), response).catch(() => undefined);
      return;
    }
    const text = body === undefined || body === null ? "" : JSON.stringify(body);
    const framing =
      text === "" ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
    response.writeHead(status, { ...common, ...framing });
    if (request.complete) return void response.end(text);
    response.write(text);
    await discardRest(request);
    response.end();
  }

  /** A page on loopback, such as the Inspector, may read what it needs of the answer. */
  private sharing(): { readonly [name: string]: string } {
    const { origin } = this.request.headers;
    if (origin === undefined || !validateOriginHeader(origin, localhostAllowedOrigins()).ok) return {};
    return {
      "access-control-allow-origin": origin,
      "access-control-expose-headers": "*, www-authenticate, mcp-session-id",
      vary: "origin",
    };
  }
}

const PREFLIGHT = {
  "access-control-allow-methods": "GET, POST, DELETE, OPTIONS",
  "access-control-allow-headers": "*, authorization",
  "access-control-max-age": "600",
};

async function* texts(messages: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const message of messages) yield event(message);
}
