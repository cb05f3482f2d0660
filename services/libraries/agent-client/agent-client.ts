import { randomUUID } from "node:crypto";
import { AgentCard, SendMessageRequest } from "@a2a-js/sdk";
import { type Client, ClientFactory, JsonRpcTransportFactory, type RequestOptions } from "@a2a-js/sdk/client";
import { AGENT_HEADER, LONGEST_CALL_MS } from "../../../contracts/agents/identity.ts";
import { ATTRIBUTE, OPERATION } from "../telemetry/names.ts";
import { failureOf, inSpan, OpenSpan, type SpanOptions } from "../telemetry/spans.ts";
import { GATEWAY_LIMITS, gatewayFetch, type GatewayLimits } from "../gateway-client/gateway-fetch.ts";
import type { MachineToken } from "../gateway-client/machine-token.ts";
import type { AgentAnswer, AgentEvent } from "./agent-event.ts";
import { agentProblem, problemOf, problemOfStatus } from "./agent-problem.ts";
import { answerOfMessage, answerOfTask, AnswerReader } from "./answer-reader.ts";

/** Which agent, and as which workload it is called. */
export interface AgentClientOptions {
  /** Where the agent speaks JSON-RPC. It comes from configuration: no card is asked where to send a person's words. */
  readonly url: URL;
  /** The tenant of both identities; the agent's host compares. */
  readonly tenantId: string;
  /** The access token of the workload that calls, as `keptTokens` gives it; absent where `fetch` signs requests itself (SigV4). */
  readonly machineToken?: () => Promise<Pick<MachineToken, "access_token">>;
  readonly limits?: Partial<GatewayLimits>;
  readonly fetch?: typeof fetch;
}

/** One message to an agent: text, JSON, or both. */
export interface AgentCall {
  readonly text?: string;
  readonly data?: unknown;
  /** The context token of the person or partner on whose behalf. */
  readonly userContext: string;
  /** The conversation that goes on; absent for a new one. */
  readonly contextId?: string;
  /** The task that waits for this message. */
  readonly taskId?: string;
  /** The id of the message; the same one for another try of the same message. */
  readonly messageId?: string;
  readonly correlationId?: string;
  /** The trace that it is part of (W3C Trace Context); without it, that of the span in which it is called. */
  readonly traceparent?: string | undefined;
  /** For how long the whole answer may take, in milliseconds; at most and by default `LONGEST_CALL_MS`. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
}

const SPAN = OPERATION.invokeAgent;

/**
 * The one way in which BFFs and agents call an agent: A2A 1.0 by JSON-RPC, with both identities, a deadline and a circuit breaker
 * (premise 2). What cannot be answered is thrown as a `Problem` with an `AgentErrorCode`; how a task ended is in the answer.
 */
export class AgentClient {
  private readonly options: AgentClientOptions;
  private readonly client: Promise<Client>;

  constructor(options: AgentClientOptions) {
    this.options = options;
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- the SDK does not export the class of these options
    const transport = new JsonRpcTransportFactory({ fetchImpl: fetchOf(options) });
    const factory = new ClientFactory({ transports: [transport] });
    this.client = factory.createFromAgentCard(cardOf(options));
  }

  /** Sends a message and waits for the answer. */
  async send(call: AgentCall): Promise<AgentAnswer> {
    const signals = signalsOf(call);
    try {
      return await inSpan(SPAN, this.spanOf("SendMessage", call), async ({ traceparent }) => {
        const options = optionsOf({ ...call, traceparent }, signals.all);
        const result = await (await this.client).sendMessage(this.requestOf(call), options);
        return "messageId" in result ? answerOfMessage(result) : answerOfTask(result);
      });
    } catch (failure) {
      throw problemOf(failure, signals);
    } finally {
      signals.leave();
    }
  }

  /** Sends a message and tells what happens, to the final answer. Who stops reading cancels the call. */
  async *stream(call: AgentCall): AsyncGenerator<AgentEvent, void, undefined> {
    const signals = signalsOf(call);
    const reader = new AnswerReader();
    const span = new OpenSpan(SPAN, this.spanOf("SendStreamingMessage", call));
    let failed: string | undefined;
    try {
      const options = optionsOf({ ...call, traceparent: span.traceparent }, signals.all);
      const responses = (await this.client).sendMessageStream(this.requestOf(call), options);
      for await (const response of responses) {
        for (const event of reader.of(response)) {
          yield event;
          if (event.type === "final") return;
        }
      }
      throw agentProblem("ERR_AGENT_ANSWER", "the stream ended before the answer");
    } catch (failure) {
      const problem = problemOf(failure, signals);
      failed = failureOf(problem);
      throw problem;
    } finally {
      span.end(failed);
      signals.leave();
    }
  }

  /** Asks the agent to give up a task. */
  async cancel(
    taskId: string,
    call: Pick<AgentCall, "userContext" | "signal" | "correlationId">,
  ): Promise<AgentAnswer> {
    const signals = signalsOf(call);
    try {
      const request = { tenant: this.options.tenantId, id: taskId, metadata: undefined };
      return answerOfTask(await (await this.client).cancelTask(request, optionsOf(call, signals.all)));
    } catch (failure) {
      throw problemOf(failure, signals);
    } finally {
      signals.leave();
    }
  }

  private spanOf(method: string, { contextId, traceparent }: AgentCall): SpanOptions {
    return {
      kind: "client",
      parent: traceparent,
      attributes: {
        [ATTRIBUTE.operation]: OPERATION.invokeAgent,
        [ATTRIBUTE.rpcSystem]: "jsonrpc",
        [ATTRIBUTE.rpcMethod]: method,
        [ATTRIBUTE.serverAddress]: this.options.url.hostname,
        [ATTRIBUTE.conversation]: contextId,
      },
    };
  }

  private requestOf({ text, data, contextId, taskId, messageId = randomUUID() }: AgentCall): SendMessageRequest {
    const parts = [
      ...(text === undefined ? [] : [{ text, mediaType: "text/plain" }]),
      ...(data === undefined ? [] : [{ data, mediaType: "application/json" }]),
    ];
    return SendMessageRequest.fromJSON({
      tenant: this.options.tenantId,
      message: { messageId, contextId, taskId, role: "ROLE_USER", parts },
      configuration: { acceptedOutputModes: ["text/plain", "application/json"] },
    });
  }
}

/** A `fetch` that is refused nothing silently: it adds the workload's token, and throws a `Problem` for what is no answer. */
function fetchOf({ machineToken, limits, fetch: through = fetch }: AgentClientOptions): typeof fetch {
  const spared = gatewayFetch({ ...GATEWAY_LIMITS, answerMs: LONGEST_CALL_MS, ...limits }, (url, init) =>
    through(url, { ...init, redirect: "error" }),
  );
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    if (machineToken !== undefined) headers.set("authorization", `Bearer ${(await machineToken()).access_token}`);
    const response = await spared(input instanceof Request ? input.url : input, { ...init, headers });
    if (response.ok) return response;
    await response.body?.cancel();
    throw problemOfStatus(response.status);
  };
}

function optionsOf(
  call: Pick<AgentCall, "userContext" | "correlationId" | "deadlineMs" | "traceparent">,
  signal: AbortSignal,
): RequestOptions {
  return {
    signal,
    serviceParameters: {
      [AGENT_HEADER.userContext]: call.userContext,
      [AGENT_HEADER.deadlineMs]: String(deadlineOf(call)),
      ...(call.correlationId !== undefined && { [AGENT_HEADER.correlationId]: call.correlationId }),
      ...(call.traceparent !== undefined && { traceparent: call.traceparent }),
    },
  };
}

function deadlineOf({ deadlineMs = LONGEST_CALL_MS }: Pick<AgentCall, "deadlineMs">): number {
  return Math.max(1, Math.min(Math.floor(deadlineMs), LONGEST_CALL_MS));
}

function signalsOf({ signal: caller, ...call }: Pick<AgentCall, "signal" | "deadlineMs">) {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), deadlineOf(call));
  const leaving = new AbortController();
  const all = AbortSignal.any([late.signal, leaving.signal, ...(caller === undefined ? [] : [caller])]);
  const leave = (): void => {
    // A signal of its own time would be kept until then, however short the call.
    clearTimeout(timer);
    leaving.abort();
  };
  return { caller, deadline: late.signal, all, leave };
}

/** What the SDK wants to know of an agent whose address we know. */
function cardOf({ url }: AgentClientOptions): AgentCard {
  return AgentCard.fromJSON({
    name: url.host,
    supportedInterfaces: [{ url: url.href, protocolBinding: "JSONRPC", protocolVersion: "1.0" }],
    capabilities: { streaming: true },
  });
}
