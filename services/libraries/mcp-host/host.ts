import {
  createMcpHandler,
  isLegacyRequest,
  InMemoryServerEventBus,
  validateHostHeader,
  validateOriginHeader,
  type LegacyHttpHandler,
  type McpServer,
  type ServerOptions,
} from "@modelcontextprotocol/server";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Problem } from "../service-kit/problem.ts";
import type { TenantContext } from "../service-kit/tenant-context.ts";
import { callerOf, isUnsigned, type VerifyContext } from "./caller.ts";
import type { ServerDefinition } from "./definition/definition.ts";
import { ATTRIBUTE, OPERATION } from "../telemetry/names.ts";
import { inSpan, type SpanOptions } from "../telemetry/spans.ts";
import { askedBy, authOf, wantsNotifications, type Exchange } from "./http/exchange.ts";
import type { HostLog } from "./guarded-call.ts";
import { listener, type McpHost } from "./http/listener.ts";
import { readMessage } from "./http/request-body.ts";
import { HOST_LIMITS, type HostLimits } from "./limits.ts";
import { serverFactoryOf } from "./definition/server-factory.ts";
import { isSynchronisation, SYNCHRONISATION } from "./synchronisation.ts";
import { toWebRequest, writeWebResponse } from "./http/web-exchange.ts";

/** What a host needs besides the definition of its server. */
export type HostOptions<Services> = {
  readonly services: Services;
  /** Host names that requests may name, without ports. */
  readonly allowedHosts: readonly string[];
  /** Host names of web pages that may call; none by default, and callers other than browsers name no origin. */
  readonly allowedOrigins?: readonly string[];
  readonly limits?: Partial<HostLimits>;
  readonly log: HostLog;
  readonly requestState?: ServerOptions["requestState"];
  readonly capabilities?: ServerOptions["capabilities"];
  /** Serves the 2025 revisions otherwise than statelessly, for a conformance suite that wants sessions. */
  readonly dangerouslyServeLegacy?: (build: () => McpServer) => LegacyHttpHandler;
} & ({ readonly verifyContext: VerifyContext } | { readonly dangerouslyFixedContext: TenantContext });

type Names = Pick<HostOptions<unknown>, "allowedHosts" | "allowedOrigins">;

type Serve = (request: Request, exchange: Exchange) => Promise<Response>;

/** An MCP server over HTTP: the SDK speaks the protocol, this checks every request before it. */
export function createMcpHost<Services>(
  definition: ServerDefinition<Services>,
  options: HostOptions<Services>,
): McpHost {
  const limits = { ...HOST_LIMITS, ...options.limits };
  const { serve, close } = protocolOf(definition, options, limits);
  const identify = identifier(options);

  const answer = async (request: IncomingMessage, response: ServerResponse, signal: AbortSignal) => {
    checkNames(request, options);
    const known = "verifyContext" in options && isUnsigned(request) ? undefined : await identify(request);
    const message = request.method === "POST" ? await readMessage(request, limits.bodyBytes) : undefined;
    // A gateway asks in its own name what there is; anything else that comes without a token is refused here.
    const context = known ?? (isSynchronisation(message) ? SYNCHRONISATION : await identify(request));
    const exchange: Exchange = { context, message, responseHeaders: [] };
    const span = spanOf(request, exchange);
    const served = await inSpan(span.name, span, () => serve(toWebRequest(request, signal), exchange));
    await writeWebResponse(served, exchange.responseHeaders, response);
  };
  return listener({ answer, close, limits, log: options.log });
}

/** Only a caller that is known says which trace a call belongs to. */
function spanOf({ headers }: IncomingMessage, { message }: Exchange): SpanOptions & { name: string } {
  const { method = "notification", name } = askedBy(message);
  const isCall = method === "tools/call";
  const { traceparent } = headers;
  const attributes = {
    [ATTRIBUTE.mcpMethod]: method,
    [ATTRIBUTE.operation]: isCall ? OPERATION.executeTool : undefined,
    [ATTRIBUTE.toolName]: isCall ? name : undefined,
  };
  const parent = typeof traceparent === "string" ? traceparent : "";
  return { name: isCall ? `${method} ${name ?? ""}` : method, kind: "server", attributes, parent };
}

function identifier<Services>(options: HostOptions<Services>): (request: IncomingMessage) => Promise<TenantContext> {
  if ("verifyContext" in options) return ({ headers }) => callerOf(headers, options.verifyContext);
  return () => Promise.resolve(options.dangerouslyFixedContext);
}

function checkNames({ headers }: IncomingMessage, { allowedHosts, allowedOrigins = [] }: Names): void {
  if (!validateHostHeader(headers.host, [...allowedHosts]).ok)
    throw new Problem("ERR_HOST", "host is not allowed", "this host is not served here");
  if (!validateOriginHeader(headers.origin, [...allowedOrigins]).ok)
    throw new Problem("ERR_ORIGIN", "origin is not allowed", "this origin may not call");
}

function protocolOf<Services>(
  definition: ServerDefinition<Services>,
  options: HostOptions<Services>,
  limits: HostLimits,
): { readonly serve: Serve; readonly close: () => Promise<void> } {
  const { services, log, requestState, capabilities } = options;
  const newServer = serverFactoryOf(
    definition,
    { services, log, ...limits },
    { ...(requestState !== undefined && { requestState }), ...(capabilities !== undefined && { capabilities }) },
  );
  const bus = new InMemoryServerEventBus();
  const legacy = options.dangerouslyServeLegacy?.(() => newServer({}));
  const common = { bus, maxRequestBodySize: limits.bodyBytes, maxSubscriptions: 64 };
  const stateless = quietly(() => createMcpHandler(newServer, { ...common, responseMode: "json" }));
  const stateful = createMcpHandler(newServer, { ...common, responseMode: "auto" });
  return {
    serve: async (request, exchange) => {
      const { message } = exchange;
      const passed = { authInfo: authOf(exchange), ...(message !== undefined && { parsedBody: message }) };
      if (legacy !== undefined && (await isLegacyRequest(request, message))) return legacy(request, passed);
      return (wantsNotifications(message) ? stateful : stateless).fetch(request, passed);
    },
    close: async () => {
      await Promise.all([stateless.close(), stateful.close()]);
    },
  };
}

/** The SDK warns that this mode drops notifications; whoever wants them is served by the other handler. */
function quietly<Result>(work: () => Result): Result {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return work();
  } finally {
    console.warn = warn;
  }
}
