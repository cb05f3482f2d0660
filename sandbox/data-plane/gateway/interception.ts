import * as z from "zod";
import type { Interceptor, Invocation } from "../../../services/gateway-interceptor/interceptor.ts";
import { withDeadline } from "../../../services/libraries/mcp-host/deadline.ts";
import { GatewayProblem } from "./gateway-problem.ts";
import type { GatewayLimits } from "./http/limits.ts";
import type { Headers } from "./targets/target-headers.ts";

/** A call as an interceptor is shown it. */
export interface InterceptedCall {
  readonly invocation: Invocation;
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: unknown };
  readonly rawBody: string;
  readonly body: unknown;
  readonly signal: AbortSignal;
}

const headers = z.record(z.string(), z.string());
const output = z.object({
  interceptorOutputVersion: z.literal("1.0"),
  mcp: z.object({
    transformedGatewayRequest: z
      .object({ headers: headers.nullish(), body: z.record(z.string(), z.unknown()).nullish() })
      .nullish(),
    transformedGatewayResponse: z
      .object({ statusCode: z.int().min(200).max(599).nullish(), headers: headers.nullish(), body: z.unknown() })
      .nullish(),
  }),
});

/** What an answer is made of, before and after the interceptor has seen it; an event of a stream has only a body. */
export interface ShownAnswer {
  readonly statusCode?: number;
  readonly headers?: Headers;
  readonly body: unknown;
}

/** What a request interceptor leaves of a call: the request as it goes on, or the answer in its target's place. */
export interface InterceptedRequest {
  readonly request: { readonly headers: Headers; readonly body: unknown };
  readonly answer?: ShownAnswer;
}

/**
 * A gateway's one interceptor, at both of its points. It gets and returns JSON, as a function of Lambda does; if it
 * throws, is late or makes no sense, the call is refused.
 */
export class Interception {
  private readonly interceptor: Interceptor;
  private readonly limits: GatewayLimits;

  constructor(interceptor: Interceptor, limits: GatewayLimits) {
    this.interceptor = interceptor;
    this.limits = limits;
  }

  /** The event that shows a request; throws `GatewayProblem` for one that cannot be shown. */
  requestEvent(call: InterceptedCall): string {
    const text = requestText(call);
    if (Buffer.byteLength(text) <= this.limits.interceptorBytes) return text;
    throw new GatewayProblem("ERR_MESSAGE_TOO_LARGE", "request is too large for the interceptor");
  }

  /** Shows a request by its event. */
  async request(call: InterceptedCall, event: string): Promise<InterceptedRequest> {
    const { transformedGatewayRequest: request, transformedGatewayResponse: answer } = await this.invoke(event, call);
    return {
      request: { headers: request?.headers ?? {}, body: request?.body ?? call.body },
      ...(answer && { answer: shown(answer) }),
    };
  }

  /** Shows an answer, or one event of it. */
  async response(call: InterceptedCall, answer: ShownAnswer, isStreamingResponse: boolean): Promise<ShownAnswer> {
    const text = JSON.stringify(eventOf(call, { ...answer, ...(isStreamingResponse && { isStreamingResponse }) }));
    if (Buffer.byteLength(text) > this.limits.interceptorBytes)
      throw new GatewayProblem("ERR_INTERCEPTOR", "answer is too large for the interceptor");
    const { transformedGatewayResponse: transformed } = await this.invoke(text, call);
    return transformed ? { ...answer, ...shown(transformed) } : answer;
  }

  private async invoke(text: string, { invocation, signal }: InterceptedCall): Promise<z.output<typeof output>["mcp"]> {
    try {
      const event: unknown = JSON.parse(text);
      const returned = await withDeadline(this.limits.interceptorMs, signal, () => this.interceptor(event, invocation));
      const answer = JSON.stringify(returned);
      if (Buffer.byteLength(answer) > this.limits.interceptorBytes)
        throw new RangeError("the interceptor's output is too large");
      return output.parse(JSON.parse(answer)).mcp;
    } catch (cause) {
      throw new GatewayProblem("ERR_INTERCEPTOR", "the interceptor failed", { cause });
    }
  }
}

function requestText(call: InterceptedCall): string {
  try {
    return JSON.stringify(eventOf(call, null));
  } catch (cause) {
    throw new GatewayProblem("ERR_MESSAGE_INVALID", "request is nested too deep to be shown", { cause });
  }
}

/** In the shape that events have been seen in: what is not there is null. */
function eventOf({ headers: fields, rawBody, body }: InterceptedCall, gatewayResponse: object | null): object {
  return {
    interceptorInputVersion: "1.0",
    mcp: {
      rawGatewayRequest: { body: rawBody },
      gatewayRequest: { path: "/mcp", httpMethod: "POST", headers: fields, body, context: null },
      gatewayResponse,
    },
  };
}

type Transformed = NonNullable<z.output<typeof output>["mcp"]["transformedGatewayResponse"]>;

function shown({ statusCode, headers: fields, body }: Transformed): ShownAnswer {
  return { ...(statusCode ? { statusCode } : {}), ...(fields ? { headers: fields } : {}), body };
}
