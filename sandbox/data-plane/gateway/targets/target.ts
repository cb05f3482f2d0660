import { Pool } from "undici";
import type { Dispatcher } from "undici";
import { isRecord } from "../../../../contracts/json.ts";
import { eventData } from "../http/event-stream.ts";
import { GatewayProblem } from "../gateway-problem.ts";
import type { RpcId } from "../gateway-problem.ts";
import { encodedName, LEGACY, MODERN, namedBy } from "../http/protocol.ts";
import { allowList, returnedHeaders, sentHeaders } from "./target-headers.ts";
import type { Headers } from "./target-headers.ts";

/** An MCP server behind a gateway, in the words of a gateway target. */
export interface TargetOptions {
  /** Goes before the names of its tools and prompts. */
  readonly name: string;
  readonly endpoint: string;
  readonly allowedRequestHeaders: readonly string[];
  readonly allowedResponseHeaders: readonly string[];
}

/** A request for a target, in the revision that the client speaks: a target needs no session for either. */
export interface TargetRequest {
  readonly id: RpcId;
  readonly method: string;
  readonly params: { readonly [member: string]: unknown };
  readonly isModern: boolean;
  /** What it may be shown, if its list allows it. */
  readonly headers: Headers;
  readonly signal: AbortSignal;
}

/** A JSON-RPC message with whatever is in it. */
export interface RpcMessage {
  readonly [member: string]: unknown;
}

/** What a target answered: one message, or several, one after the other. */
export type TargetAnswer =
  | { readonly status: number; readonly headers: Headers; readonly message: RpcMessage }
  | { readonly status: number; readonly headers: Headers; readonly messages: AsyncIterable<RpcMessage> };

const TARGET_NAME = /^(?:[0-9a-zA-Z]-?){1,100}$/;
const CONNECTIONS = 64;

/** One target of a gateway. */
export class Target {
  readonly name: string;
  private readonly pool: Pool;
  private readonly path: string;
  private readonly requestHeaders: ReadonlySet<string>;
  private readonly responseHeaders: ReadonlySet<string>;
  private readonly limitBytes: number;

  /** Throws `TypeError` for options that AgentCore would refuse. */
  constructor(options: TargetOptions, limits: { readonly payloadBytes: number; readonly targetMs: number }) {
    if (!TARGET_NAME.test(options.name))
      throw new TypeError(`target name "${options.name}" must be letters, digits and -`);
    const { origin, pathname, search } = new URL(options.endpoint);
    const { payloadBytes, targetMs } = limits;
    this.name = options.name;
    this.path = pathname + search;
    this.requestHeaders = allowList(options.allowedRequestHeaders);
    this.responseHeaders = allowList(options.allowedResponseHeaders);
    this.limitBytes = payloadBytes;
    this.pool = new Pool(origin, { connections: CONNECTIONS, headersTimeout: targetMs, bodyTimeout: targetMs });
  }

  /** Sends a request; whatever is wrong with the target is a `GatewayProblem` that tells nothing of it. */
  async send(request: TargetRequest): Promise<TargetAnswer> {
    const { id, signal } = request;
    try {
      const response = await this.pool.request({
        path: this.path,
        method: "POST",
        headers: { ...sentHeaders(request.headers, this.requestHeaders), ...protocolHeaders(request) },
        body: JSON.stringify({ jsonrpc: "2.0", id, method: request.method, params: request.params }),
        signal,
      });
      return await this.answer(response, id);
    } catch (cause) {
      throw this.problem(cause);
    }
  }

  /** Sends a request, and waits for its result or error alone. */
  async ask(request: TargetRequest): Promise<RpcMessage> {
    const answer = await this.send(request);
    if ("message" in answer) return answer.message;
    for await (const message of answer.messages) if (isAnswerTo(message, request.id)) return message;
    throw this.problem("the stream ended without an answer");
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }

  private async answer({ statusCode, headers, body }: Dispatcher.ResponseData, id: RpcId): Promise<TargetAnswer> {
    const shown = { status: statusCode, headers: returnedHeaders(headers, this.responseHeaders) };
    const type = headers["content-type"];
    if (statusCode === 200 && typeof type === "string" && type.startsWith("text/event-stream"))
      return { ...shown, messages: this.messages(body) };
    const message: unknown = JSON.parse(await readText(body, this.limitBytes));
    if (isRecord(message) && isAnswerTo(message, id) && (statusCode === 200 || isProtocolError(statusCode)))
      return { ...shown, message };
    throw new Error(`status ${statusCode}, and no answer to the request`);
  }

  private async *messages(body: AsyncIterable<Uint8Array>): AsyncGenerator<RpcMessage> {
    try {
      for await (const data of eventData(body, this.limitBytes)) {
        const message: unknown = data === "" ? undefined : JSON.parse(data);
        if (isRecord(message) && message["jsonrpc"] === "2.0") yield message;
      }
    } catch (cause) {
      throw this.problem(cause);
    }
  }

  private problem(cause: unknown): GatewayProblem {
    if (cause instanceof GatewayProblem) return cause;
    return new GatewayProblem("ERR_TARGET", `target "${this.name}" failed`, { cause });
  }
}

/** What 2026-07-28 says with a status besides the error: malformed, and unknown method. */
function isProtocolError(status: number): boolean {
  return status === 400 || status === 404;
}

function isAnswerTo(message: RpcMessage, id: RpcId): boolean {
  return message["jsonrpc"] === "2.0" && message["id"] === id && ("result" in message || isRecord(message["error"]));
}

function protocolHeaders({ method, params, isModern }: TargetRequest): Headers {
  const named = namedBy(method, params);
  return {
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
    "mcp-protocol-version": isModern ? MODERN : LEGACY,
    ...(isModern && { "mcp-method": method }),
    ...(isModern && typeof named === "string" && { "mcp-name": encodedName(named) }),
  };
}

async function readText(body: Dispatcher.ResponseData["body"], limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) throw new RangeError(`the answer exceeds ${limit} bytes`);
    chunks.push(chunk);
  }
  return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks, length));
}
