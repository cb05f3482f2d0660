import { hash } from "node:crypto";
import { BoundedCache } from "../libraries/service-kit/bounded-cache.ts";
import type { Logger } from "../libraries/service-kit/log.ts";
import { Problem } from "../libraries/service-kit/problem.ts";
import { ATTRIBUTE } from "../libraries/telemetry/names.ts";
import { failActiveSpan, inSpan } from "../libraries/telemetry/spans.ts";
import { ON_BEHALF_OF_HEADER } from "../../contracts/headers.ts";
import { IDENTIFIER } from "../../contracts/identifiers.ts";
import { answerTo, httpRefusal, mcpRefusal } from "./messages/answer.ts";
import type { Answer } from "./messages/answer.ts";
import { decide, traceIn } from "./decision.ts";
import type { Decision, DecisionSources, Findings, Undecided } from "./decision.ts";
import { isRecord } from "../../contracts/json.ts";
import { headerValues, readEvent } from "./messages/event.ts";
import type { GatewayRequest, GatewayResponse, InterceptorEvent } from "./messages/event.ts";
import { filtered } from "./messages/filter.ts";
import type { Filtered } from "./messages/filter.ts";
import { contextHeaders, forwardedBody } from "./messages/forward.ts";
import type { Signer } from "./messages/forward.ts";
import { idOf, isModernVersion, readMessage } from "./messages/message.ts";
import { record } from "./records.ts";
import { isQuotaRefusal, policyRefusal } from "./messages/refused-answer.ts";
import { RequestProblem } from "./messages/request-problem.ts";
import { directed } from "./trial.ts";

/** Everything that the interceptor of one gateway works with. */
export interface Dependencies extends DecisionSources {
  /** What a client without a token is told to ask for, of the gateway's scopes. */
  readonly firstScopes: readonly string[];
  /** What a client must ask the issuer for to get a scope. */
  readonly scopeAtIssuer: (scope: string) => string;
  readonly signer: Signer;
  /** Takes one line of audit log or metrics. */
  readonly write: (line: string) => void;
  readonly log: Logger;
  readonly now: () => number;
}

/** What the platform, not the caller, says of an invocation. */
export interface Invocation {
  /** The same when the gateway tries a call again, and in both halves of it. */
  readonly requestId: string;
  readonly sourceIp?: string;
  /** Where the gateway's metadata is (RFC 9728). */
  readonly resourceMetadataUrl?: string;
}

/** What is known of a call between its two halves. */
interface Call {
  readonly beganAt: number;
  decidedAt: number;
  readonly decision: Promise<Omit<Decision, "message">>;
  isRecorded: boolean;
}

/** Answers one event of a gateway; never throws, and its output is always well-formed. */
export type Interceptor = (event: unknown, invocation: Invocation) => Promise<object>;

const CALLS_REMEMBERED = 5_000;
const CALL_REMEMBERED_MS = 300_000;

/** Makes the interceptor of one gateway. */
export function interceptor(dependencies: Dependencies): Interceptor {
  const calls = new BoundedCache<Call>(CALLS_REMEMBERED, dependencies.now);

  return async (event, invocation) => {
    const { requestId: given } = invocation;
    const requestId = IDENTIFIER.requestId.test(given) ? given : hash("sha256", given, "hex");
    const it = readEvent(event);
    try {
      return await new Interception(dependencies, calls, { ...invocation, requestId }).answer(it);
    } catch (cause) {
      const problem = new RequestProblem("ERR_INTERNAL", "interceptor failed", { cause });
      dependencies.log.error({ error: problem, requestId }, "call failed");
      const answer: Answer = { statusCode: 500, rpcCode: -32603, headers: {} };
      return it.kind.startsWith("http")
        ? httpRefusal(problem, answer, requestId)
        : mcpRefusal(problem, answer, null, requestId);
    }
  };
}

/** One event being answered. */
class Interception {
  private readonly dependencies: Dependencies;
  private readonly calls: BoundedCache<Call>;
  private readonly invocation: Invocation;
  private readonly requestId: string;

  constructor(dependencies: Dependencies, calls: BoundedCache<Call>, invocation: Invocation) {
    this.dependencies = dependencies;
    this.calls = calls;
    this.invocation = invocation;
    this.requestId = invocation.requestId;
  }

  answer(event: InterceptorEvent): Promise<object> {
    const { requestId } = this;
    switch (event.kind) {
      case "mcp-request":
        return this.request({
          kind: "mcp",
          request: event.request,
          rawBody: event.rawBody,
          requestId,
          isCounted: true,
        });
      case "http-request":
        return this.request({ kind: "http", request: event.request, rawBody: undefined, requestId, isCounted: true });
      case "mcp-response":
        return this.response(event.request, event.rawBody, event.response);
      case "http-response":
        return Promise.resolve({ interceptorOutputVersion: "1.0", http: {} });
      case "unknown":
        return Promise.resolve(this.refusal("mcp", noEvent, undefined));
    }
  }

  private request(undecided: Undecided): Promise<object> {
    const parent = traceIn(undecided).traceparent;
    const attributes = { [ATTRIBUTE.scenario]: this.dependencies.scenario };
    return inSpan("authorize", { kind: "server", parent, attributes }, (span) =>
      this.decided(undecided, span.traceparent ?? parent),
    );
  }

  private async decided(undecided: Undecided, traceparent: string): Promise<object> {
    const { call, decision } = this.callOf(undecided);
    const { findings, problem, message } = await decision;
    const { context, access } = findings;
    if (problem !== undefined || context === undefined || access === undefined) {
      return this.refuse(undecided, call, findings, problem);
    }
    const trace = { ...findings.trace, traceparent };
    const headers = await contextHeaders(context, access, trace, undecided.request.headers, this.dependencies.signer);
    if (undecided.kind === "mcp") {
      const { request, rawBody } = undecided;
      const { catalogue } = this.dependencies;
      const sent = directed(message ?? readMessage(request, rawBody), request.headers, context, catalogue);
      const transformedGatewayRequest = {
        headers: { ...headers, ...sent.headers },
        body: forwardedBody(sent.message, trace),
      };
      return { interceptorOutputVersion: "1.0", mcp: { transformedGatewayRequest } };
    }
    this.record(call, findings, {});
    const { body } = undecided.request;
    const kept = typeof body === "string" ? { body } : {};
    return { interceptorOutputVersion: "1.0", http: { transformedGatewayRequest: { headers, ...kept } } };
  }

  /** A decision is remembered for this very request only: another token or body under the same id is another call. */
  private callOf(undecided: Undecided): { readonly call: Call; readonly decision: Promise<Decision> } {
    const key = `${this.requestId} ${digest(undecided)}`;
    const known = this.calls.get(key);
    if (known !== undefined) return { call: known, decision: known.decision };
    const decision = decide(undecided, this.dependencies);
    const beganAt = this.dependencies.now();
    const remembered = decision.then(({ findings, problem }) => {
      call.decidedAt = this.dependencies.now();
      return { findings, problem };
    });
    const call: Call = { beganAt, decidedAt: beganAt, decision: remembered, isRecorded: false };
    this.calls.set(key, call, CALL_REMEMBERED_MS);
    return { call, decision };
  }

  private refuse(undecided: Undecided, call: Call, findings: Findings, cause: unknown): object {
    const problem = isProblem(cause) ? cause : new RequestProblem("ERR_INTERNAL", "decision failed", { cause });
    const { statusCode } = this.answerTo(problem, undecided.request);
    failActiveSpan(problem.code);
    this.record(call, findings, { refusal: problem.code, statusCode });
    if (problem.code === "ERR_PERSON_REFUSED")
      this.dependencies.log.warn({ error: problem, requestId: this.requestId }, "person refused");
    if (statusCode >= 500) this.dependencies.log.error({ error: problem, requestId: this.requestId }, "call refused");
    return this.refusal(undecided.kind, problem, undecided.request);
  }

  private answerTo(problem: Problem, request: GatewayRequest | undefined): Answer {
    const { resourceMetadataUrl } = this.invocation;
    const { firstScopes, scopeAtIssuer } = this.dependencies;
    const isModern = request !== undefined && isModernVersion(request.headers);
    return answerTo(problem, isModern, { resourceMetadataUrl, firstScopes, scopeAtIssuer, requestId: this.requestId });
  }

  private refusal(kind: "mcp" | "http", problem: Problem, request: GatewayRequest | undefined): object {
    const answer = this.answerTo(problem, request);
    if (kind === "http") return httpRefusal(problem, answer, this.requestId);
    return mcpRefusal(problem, answer, idOf(request?.body), this.requestId);
  }

  /** The second half of an MCP call, also of one that was refused in the first. */
  private async response(
    request: GatewayRequest,
    rawBody: string | undefined,
    response: GatewayResponse,
  ): Promise<object> {
    const { requestId } = this;
    const { call } = this.callOf({ kind: "mcp", request, rawBody, requestId, isCounted: false });
    const { findings, problem } = await call.decision;
    const isRefused = problem !== undefined || isQuotaRefusal(response.body);
    const shown = this.shown(findings, isRefused, request, response);
    if (!isRefused && isAnswer(response, findings.message?.id)) {
      const refused = policyRefusal(findings.message, response.body);
      this.record(call, findings, { statusCode: response.statusCode, ...shown, ...refused });
    }
    const headers = response.isStreaming || response.headers === undefined ? {} : { headers: response.headers };
    const transformedGatewayResponse = { statusCode: response.statusCode, ...headers, body: shown.body ?? null };
    return { interceptorOutputVersion: "1.0", mcp: { transformedGatewayResponse } };
  }

  /** Whoever is refused sees no entry of any list. */
  private shown(
    { message, access, context }: Findings,
    isRefused: boolean,
    request: GatewayRequest,
    { body }: GatewayResponse,
  ): Filtered {
    const method = message?.method ?? methodIn(request.body);
    const { scopes, permissions = [] } = isRefused || context === undefined ? NOBODY : context;
    return filtered(method, access?.resource, body, { scopes, permissions }, this.dependencies.catalogue);
  }

  /** One line per call, whichever half of it comes to know how it ended. */
  private record(call: Call, findings: Findings, outcome: Parameters<typeof record>[0]["outcome"]): void {
    if (call.isRecorded) return;
    call.isRecorded = true;
    const { requestId, dependencies } = this;
    const { sourceIp } = this.invocation;
    const { tenantId, scenario, write, now } = dependencies;
    const durationMs = Math.max(0, now() - call.beganAt);
    const decisionMs = Math.max(0, call.decidedAt - call.beganAt);
    record({ requestId, sourceIp, tenantId, scenario, findings, outcome, at: now(), durationMs, decisionMs }, write);
  }
}

const NOBODY = { scopes: [], permissions: [] };

function isProblem(value: unknown): value is Problem {
  return value instanceof Problem;
}

const noEvent = new RequestProblem("ERR_MESSAGE_INVALID", "event is of no known kind");

function digest({ kind, request, rawBody }: Undecided): string {
  const token = headerValues(request.headers, "authorization");
  // Both halves of a call show the same request, but only its text is certain to be the caller's in both.
  const body = rawBody ?? JSON.stringify(request.body ?? null);
  const { httpMethod, path } = request;
  const behalf = headerValues(request.headers, ON_BEHALF_OF_HEADER.toLowerCase());
  return hash("sha256", JSON.stringify([kind, httpMethod, path, token, behalf, body]), "base64");
}

function methodIn(body: unknown): string {
  const method = isRecord(body) ? body["method"] : undefined;
  return typeof method === "string" ? method : "";
}

/** Whether this ends the call: of a stream only the event that bears the id of the request does. */
function isAnswer({ isStreaming, body }: GatewayResponse, id: string | number | null | undefined): boolean {
  return !isStreaming || (isRecord(body) && body["method"] === undefined && body["id"] === id);
}
