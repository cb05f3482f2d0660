import type { IncomingMessage } from "node:http";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { isRecord } from "../../../contracts/json.ts";
import { refusedRequest, type Arrival, type RefusedRequest } from "./arrival.ts";
import type { Authorizer, Caller } from "./authorizer.ts";
import { interceptedMessage } from "./call.ts";
import { GatewayProblem, gatewayProblem, rpcError } from "./gateway-problem.ts";
import type { RpcId } from "./gateway-problem.ts";
import type { InterceptedCall, InterceptedRequest, Interception, ShownAnswer } from "./interception.ts";
import type { GatewayLimits } from "./http/limits.ts";
import { readInbound } from "./http/protocol.ts";
import type { Inbound } from "./http/protocol.ts";
import { readBody } from "./http/request-body.ts";
import { requirePoint } from "./targets/router.ts";
import type { Router } from "./targets/router.ts";
import type { Sessions } from "./http/sessions.ts";
import { answerHeaders, candidateHeaders } from "./targets/target-headers.ts";
import type { Headers } from "./targets/target-headers.ts";
import type { RpcMessage, TargetAnswer } from "./targets/target.ts";

/** What a client is answered: one message or none, or several as they come. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  readonly messages?: AsyncIterable<unknown>;
}

/** What a request passes through. */
export interface PipelineParts {
  readonly authorize: Authorizer["authorize"];
  readonly interception: Interception;
  readonly router: Router;
  readonly sessions: Sessions;
  readonly limits: GatewayLimits;
  /** Takes what went wrong behind an answer that does not say so. */
  readonly report: (problem: GatewayProblem) => void;
  /** Takes what was refused before the interceptor saw it; throws when it cannot be recorded. */
  readonly refused: (refusal: RefusedRequest) => void;
}

/** What is known of a request before it is let through to the interceptor. */
interface Admitted {
  readonly caller: Caller;
  readonly inbound: Inbound;
  readonly call: InterceptedCall;
  readonly client: IncomingMessage["headers"];
  /** The event for the interceptor. */
  readonly event: string;
  /** Ends what its session knows of it. */
  readonly forget: () => void;
}

/** The order of AgentCore: authorizer, request interceptor, policies, target, response interceptor. */
export class Pipeline {
  private readonly parts: PipelineParts;
  private readonly calls: RateLimiterMemory;

  constructor(parts: PipelineParts) {
    this.parts = parts;
    this.calls = new RateLimiterMemory({ points: parts.limits.callsPerSecond, duration: 1 });
  }

  /**
   * Answers a POST. Throws `TokenError` and `GatewayProblem` where there is no message yet to answer, for the caller to
   * record; what it refuses itself before the interceptor sees it, it records.
   */
  async post(request: IncomingMessage, left: AbortController, arrival: Arrival): Promise<Answer> {
    const { headers } = request;
    arrival.caller = await this.parts.authorize(headers.authorization);
    await requirePoint(this.calls);
    const { text, value } = await readBody(request, this.parts.limits.payloadBytes);
    const { requestId, resourceMetadataUrl, sourceIp, caller } = arrival;
    const invocation = { requestId, resourceMetadataUrl, ...(sourceIp !== undefined && { sourceIp }) };
    const call = { invocation, headers, rawBody: text, body: value, signal: left.signal };
    let admitted: Admitted;
    try {
      admitted = this.admitted(call, caller, left);
    } catch (thrown) {
      const problem = gatewayProblem(thrown);
      this.parts.refused(refusedRequest(arrival, problem, problem.status));
      return this.refusal(call, problem);
    }
    const answer = await this.intercepted(admitted).catch((thrown: unknown) => this.refusal(call, thrown));
    return beforeEnd(answer, admitted.forget);
  }

  /** Ends a session, as a client of the 2025 revisions may. */
  async delete({ headers }: IncomingMessage, arrival: Arrival): Promise<Answer> {
    arrival.caller = await this.parts.authorize(headers.authorization);
    const id = headers["mcp-session-id"];
    if (typeof id !== "string") throw new GatewayProblem("ERR_HTTP_METHOD", "there is no session to delete");
    this.parts.sessions.end(id, arrival.caller.principal);
    return { status: 204, headers: {}, body: undefined };
  }

  /** What the gateway itself checks of a message; throws `GatewayProblem`. */
  private admitted(call: InterceptedCall, caller: Caller, left: AbortController): Admitted {
    const { headers: client, body } = call;
    const inbound = readInbound(client as IncomingMessage["headers"], body);
    const event = this.parts.interception.requestEvent(call);
    const forget = this.enterSession(inbound, caller, client["mcp-session-id"], left);
    return { caller, inbound, call, client: client as IncomingMessage["headers"], event, forget };
  }

  /** A request may be cancelled by a notification in its session, as well as by leaving; 2026-07-28 has no sessions. */
  private enterSession(inbound: Inbound, caller: Caller, id: unknown, left: AbortController): () => void {
    const { isModern, request, notification } = inbound;
    if (isModern || typeof id !== "string" || request?.method === "initialize") return () => undefined;
    const calls = this.parts.sessions.use(id, caller.principal);
    if (notification?.method === "notifications/cancelled") calls.get(notification.params?.["requestId"])?.abort();
    if (request === undefined) return () => undefined;
    const forget = (): void => void calls.delete(request.id);
    calls.set(request.id, left);
    left.signal.addEventListener("abort", forget);
    return forget;
  }

  private async intercepted(admitted: Admitted): Promise<Answer> {
    const { interception } = this.parts;
    const { call, event } = admitted;
    const before = await interception.request(call, event);
    const reply = before.answer === undefined ? await this.routed(admitted, before) : shortCircuit(before.answer);
    if ("messages" in reply) return this.streamed(call, reply);
    const { status: statusCode, headers, message: body } = reply;
    const after = await interception.response(call, { statusCode, headers, body }, false);
    return toClient(after, statusCode);
  }

  /** What the policies or a target refuse is an answer like others: the response interceptor gets to see it. */
  private async routed(admitted: Admitted, { request }: InterceptedRequest): Promise<Reply> {
    const { inbound, caller, client, call } = admitted;
    if (inbound.request === undefined) return { status: 202, headers: {}, message: null };
    const { isModern } = inbound;
    try {
      const headers = candidateHeaders(client, request.headers);
      const message = interceptedMessage(request.body, inbound.request);
      const answer = await this.parts.router.route({ ...message, caller, isModern, headers, signal: call.signal });
      if (message.method !== "initialize") return answer;
      return { ...answer, headers: { "mcp-session-id": this.parts.sessions.begin(caller.principal) } };
    } catch (thrown) {
      const { status, headers, body: message } = this.refusal(call, thrown);
      return { status, headers, message };
    }
  }

  /** Headers wait for the first message: it is the last that may change them. */
  private async streamed(call: InterceptedCall, { status, headers, messages }: StreamedReply): Promise<Answer> {
    const rest = messages[Symbol.asyncIterator]();
    try {
      const first = await this.next(call, rest, { statusCode: status, headers });
      const answer = toClient(first, status);
      return { ...answer, messages: this.shown(call, first, rest) };
    } catch (thrown) {
      await rest.return?.();
      throw thrown;
    }
  }

  private async *shown(call: InterceptedCall, first: ShownAnswer, rest: AsyncIterator<RpcMessage>): AsyncGenerator {
    try {
      for (let message = first; ; message = await this.next(call, rest, {})) {
        yield message.body;
        if (isRecord(message.body) && message.body["method"] === undefined) return;
      }
    } catch (thrown) {
      yield this.refusal(call, thrown).body;
    } finally {
      await rest.return?.();
    }
  }

  /** Notifications and pings pass by the interceptor; what else bears an id is shown to it. */
  private async next(
    call: InterceptedCall,
    rest: AsyncIterator<RpcMessage>,
    head: Partial<ShownAnswer>,
  ): Promise<ShownAnswer> {
    const found = await rest.next();
    if (found.done === true) throw new GatewayProblem("ERR_TARGET", "the stream ended without an answer");
    const body: RpcMessage = found.value;
    const answer = { ...head, body };
    const passesBy = body["id"] === undefined || body["method"] === "ping";
    return passesBy ? answer : this.parts.interception.response(call, answer, true);
  }

  private refusal({ body, signal }: InterceptedCall, thrown: unknown) {
    const problem = gatewayProblem(thrown);
    if (!signal.aborted) this.parts.report(problem);
    return { status: problem.status, headers: {}, body: rpcError(idIn(body), problem) };
  }
}

/** An answer at whose end, which a stream may put off, something is done. */
function beforeEnd(answer: Answer, end: () => void): Answer {
  const { messages } = answer;
  if (messages === undefined) end();
  return messages === undefined ? answer : { ...answer, messages: endedBy(messages, end) };
}

async function* endedBy(messages: AsyncIterable<unknown>, end: () => void): AsyncGenerator {
  try {
    yield* messages;
  } finally {
    end();
  }
}

/** An answer on its way to the response interceptor. */
type Reply = { readonly status: number; readonly headers: Headers; readonly message: unknown } | StreamedReply;

type StreamedReply = Extract<TargetAnswer, { readonly messages: unknown }>;

function shortCircuit({ statusCode = 200, headers = {}, body }: ShownAnswer): Reply {
  return { status: statusCode, headers, message: body };
}

function toClient({ statusCode, headers = {}, body }: ShownAnswer, status: number) {
  return { status: statusCode ?? status, headers: answerHeaders(headers), body };
}

/** The id by which a refusal may be answered, as far as there is one. */
function idIn(body: unknown): RpcId {
  const id = isRecord(body) ? body["id"] : undefined;
  return typeof id === "string" || (typeof id === "number" && Number.isSafeInteger(id)) ? id : null;
}
