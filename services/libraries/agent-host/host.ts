import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AgentCard, type AgentCardSignatureGenerator } from "@a2a-js/sdk";
import { DefaultRequestHandler, JsonRpcTransportHandler, type TaskStore, validateVersion } from "@a2a-js/sdk/server";
import { endedWith } from "../../../contracts/records/log-line.ts";
import { AGENT_HEADER } from "../../../contracts/agents/identity.ts";
import { readMessage } from "../mcp-host/http/request-body.ts";
import { agentAuditLine, type AgentRequest } from "./audit.ts";
import { ATTRIBUTE, OPERATION } from "../telemetry/names.ts";
import { inSpan, type SpanOptions } from "../telemetry/spans.ts";
import { contextOf } from "./call.ts";
import { type AgentDescription, cardOf } from "./card.ts";
import { type AgentLog, executorOf } from "./executor.ts";
import { type AgentHost, listener } from "./http/listener.ts";
import { protocolError, published, refusal } from "./http/refusal.ts";
import { sendStream } from "./http/streaming.ts";
import { type Identified, type Identities, identified, ownerOf } from "./identities.ts";
import { AGENT_LIMITS, type AgentLimits } from "./limits.ts";
import { Places } from "./places.ts";
import { allowedMs, correlationOf, type SeenRequest, seenRequest } from "./request.ts";
import type { AgentWork } from "./turn.ts";
import { Watched } from "./watched.ts";

/** What a host needs beside what the agent says of itself. */
export interface AgentHostOptions {
  readonly work: AgentWork;
  readonly identities: Identities;
  /** The address that the card names. */
  readonly url: string;
  readonly tasks: TaskStore;
  readonly limits?: Partial<AgentLimits>;
  readonly log: AgentLog;
  /** Takes one audit line for each request to the agent, allowed or refused. */
  readonly audit: (line: string) => void;
  /** Signs the card (A2A 1.0, 8.4). */
  readonly signCard?: AgentCardSignatureGenerator;
}

/** What is known of a request so far. */
type Progress = { -readonly [Member in keyof AgentRequest]?: AgentRequest[Member] } & { requestId: string; at: number };

/** An agent over HTTP: the SDK speaks A2A 1.0, this checks every request before it (premises 2 and 4). */
export function createAgentHost(description: AgentDescription, options: AgentHostOptions): AgentHost {
  const limits = { ...AGENT_LIMITS, ...options.limits };
  const card = cardOf(description, options.url);
  const watched = new Watched();
  const handler = new DefaultRequestHandler(
    card,
    options.tasks,
    executorOf(options.work, { log: options.log, watched }),
    undefined,
    undefined,
    undefined,
    undefined,
    options.signCard,
    { validateInputModes: true },
  );
  const host = new HostedAgent({
    ...options,
    description,
    limits,
    card,
    watched,
    rpc: new JsonRpcTransportHandler(handler),
  });
  return listener(
    {
      card: async (response) => {
        const signed = AgentCard.toJSON(await handler.getAgentCard());
        response.writeHead(200, { "content-type": "application/json", "cache-control": "max-age=300" });
        response.end(JSON.stringify(signed));
      },
      call: (request, response, left) => host.call(request, response, left),
      refuse: (error, _, response) => host.refuse(error, response),
    },
    limits,
  );
}

interface HostedAgentOptions extends AgentHostOptions {
  readonly description: AgentDescription;
  readonly limits: AgentLimits;
  readonly card: AgentCard;
  readonly watched: Watched;
  readonly rpc: JsonRpcTransportHandler;
}

/** Takes one request after the other through the checks to the SDK. */
class HostedAgent {
  private readonly options: HostedAgentOptions;
  private readonly places: Places;

  constructor(options: HostedAgentOptions) {
    this.options = options;
    this.places = new Places(options.limits.calls, options.limits.callsOfOne);
  }

  async call(request: IncomingMessage, response: ServerResponse, left: AbortSignal): Promise<void> {
    const { identities, limits } = this.options;
    const progress: Progress = { requestId: randomUUID(), at: Date.now() };
    let id: unknown;
    try {
      progress.correlationId = correlationOf(
        request.headers[AGENT_HEADER.correlationId.toLowerCase()],
        progress.requestId,
      );
      progress.identified = await identified(request.headers, identities);
      const message = await readMessage(request, limits.bodyBytes);
      id = (message as { id?: unknown } | null)?.id;
      const seen = seenRequest(message, identities.tenantId);
      progress.method = seen.method;
      const { identified: who, correlationId } = progress;
      const exchange = { request, response, left, id, who, correlationId };
      await inSpan(OPERATION.invokeAgent, this.spanOf(seen, request), () => this.serve(seen, exchange));
      progress.statusCode = response.statusCode;
    } catch (error) {
      this.answerError(error, id, response, progress);
    } finally {
      this.audit(progress);
    }
  }

  /** Refuses a request that never was one of the agent. */
  refuse(error: unknown, response: ServerResponse): void {
    const { status, code, body } = refusal(error, null);
    this.options.log[status >= 500 ? "error" : "warn"]({ error, code, ...endedWith(status) }, "request refused");
    send(response, status, body);
  }

  /** Only a caller that is known says which trace a call belongs to. */
  private spanOf({ method }: SeenRequest, { headers: { traceparent } }: IncomingMessage): SpanOptions {
    const { name, version } = this.options.description;
    return {
      kind: "server",
      parent: typeof traceparent === "string" ? traceparent : "",
      attributes: {
        [ATTRIBUTE.operation]: OPERATION.invokeAgent,
        [ATTRIBUTE.agentName]: name,
        [ATTRIBUTE.agentVersion]: version,
        [ATTRIBUTE.rpcSystem]: "jsonrpc",
        [ATTRIBUTE.rpcMethod]: method,
      },
    };
  }

  private async serve(seen: SeenRequest, exchange: Exchange): Promise<void> {
    const { limits, card, rpc } = this.options;
    const { request, response, who, id, correlationId } = exchange;
    const version = versionOf(request);
    validateVersion(version, card, "JSONRPC");
    const owner = ownerOf(who.caller);
    const release = seen.isWork ? this.places.take(owner) : this.options.watched.by(owner, seen.watches);
    const isRunning = { value: false };
    const left = seen.isBackground ? new AbortController().signal : exchange.left;
    const deadlineAt = Date.now() + allowedMs(request.headers[AGENT_HEADER.deadlineMs.toLowerCase()], limits.callMs);
    try {
      const context = contextOf({ ...who, correlationId, left, deadlineAt, release }, version);
      const answer = await rpc.handle(seen.body, context);
      if (Symbol.asyncIterator in answer) {
        await sendStream(answer, response, { id, keepAliveMs: limits.keepAliveMs });
      } else {
        send(response, 200, JSON.stringify(published(answer)));
      }
      isRunning.value = seen.isBackground && !("error" in answer);
    } finally {
      // What runs on gives its place back itself.
      if (!isRunning.value) release();
    }
  }

  private answerError(error: unknown, id: unknown, response: ServerResponse, progress: Progress): void {
    const known = protocolError(error, id);
    if (known !== undefined && !response.headersSent) {
      progress.refusal = error instanceof Error ? error.name : "A2AError";
      progress.statusCode = 200;
      send(response, 200, JSON.stringify(known));
      return;
    }
    const { status, code, body } = refusal(error, id);
    progress.refusal = code;
    progress.statusCode = status;
    const { requestId, correlationId } = progress;
    this.options.log[status >= 500 ? "error" : "warn"](
      { error, code, ...endedWith(status), requestId, correlationId },
      "request refused",
    );
    send(response, status, body);
  }

  private audit(progress: Progress): void {
    const { description, identities, audit } = this.options;
    audit(
      agentAuditLine({
        statusCode: 500,
        correlationId: progress.requestId,
        ...progress,
        endedAt: Date.now(),
        agent: description.name,
        tenantId: identities.tenantId,
      }),
    );
  }
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly left: AbortSignal;
  readonly id: unknown;
  readonly who: Identified;
  readonly correlationId: string;
}

/** The version that a request says; without one it is 0.3 (A2A 1.0, 3.6.2), which is not served. */
function versionOf({ headers }: IncomingMessage): string {
  const version = headers["a2a-version"];
  if (typeof version !== "string" || version === "") return "0.3";
  // A patch of the protocol changes nothing that two sides must agree on.
  return /^(\d+\.\d+)\.\d+$/.exec(version)?.[1] ?? version;
}

function send(response: ServerResponse, status: number, body: string): void {
  if (response.destroyed) return;
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, {
    "content-type": "application/json",
    ...(status === 401 && { "www-authenticate": 'Bearer error="invalid_token"' }),
    ...(status === 429 || status === 503 ? { "retry-after": "1" } : {}),
    // What is left of the body is not worth reading.
    ...(status >= 400 && { connection: "close" }),
  });
  response.end(body);
}
