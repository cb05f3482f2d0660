import { context, isSpanContextValid, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { Context, Span } from "@opentelemetry/api";
import { Problem } from "../service-kit/problem.ts";
import { traceOf } from "../service-kit/trace.ts";
import { ATTRIBUTE } from "./names.ts";

/** What a span is about; values never are contents: no arguments, answers, prompts or addresses of people. */
export interface SpanOptions {
  readonly kind: "client" | "server" | "producer" | "consumer";
  readonly attributes: { readonly [name: string]: string | number | undefined };
  /** The `traceparent` of whoever called, which must be known by then; without it the span that is active. */
  readonly parent?: string | undefined;
}

const KINDS = {
  client: SpanKind.CLIENT,
  server: SpanKind.SERVER,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

/** A span that is open; without telemetry it is none, and costs nothing. */
export class OpenSpan {
  /** What to send on (W3C Trace Context); absent without telemetry. */
  readonly traceparent: string | undefined;
  private readonly span: Span;
  private readonly context: Context;

  constructor(name: string, { kind, attributes, parent }: SpanOptions) {
    const around = parent === undefined ? context.active() : contextOf(parent);
    this.span = trace
      .getTracer("alicerce")
      .startSpan(name, { kind: KINDS[kind], attributes: known(attributes) }, around);
    this.context = trace.setSpan(around, this.span);
    const { traceId, spanId, traceFlags } = this.span.spanContext();
    this.traceparent = this.span.isRecording() ? `00-${traceId}-${spanId}-0${traceFlags & 1}` : forwarded(parent);
  }

  /** Does something as part of the span. */
  within<Result>(work: () => Result): Result {
    return context.with(this.context, work);
  }

  /** Ends the span, as failed where a type of failure is given. */
  end(failure?: string): void {
    if (failure !== undefined) fail(this.span, failure);
    this.span.end();
  }
}

/** Does something in a span of its own; what is thrown is the failure of the span. */
export async function inSpan<Result>(
  name: string,
  options: SpanOptions,
  work: (span: OpenSpan) => Promise<Result>,
): Promise<Result> {
  const span = new OpenSpan(name, options);
  try {
    const result = await span.within(() => work(span));
    span.end();
    return result;
  } catch (error) {
    span.end(failureOf(error));
    throw error;
  }
}

/** Says of the span that is active that it failed. */
export function failActiveSpan(type: string): void {
  const span = trace.getActiveSpan();
  if (span !== undefined) fail(span, type);
}

/** The `traceparent` of the span that is active. */
export function activeTraceparent(): string | undefined {
  const active = trace.getActiveSpan()?.spanContext();
  if (active === undefined || !isSpanContextValid(active)) return undefined;
  return `00-${active.traceId}-${active.spanId}-0${active.traceFlags & 1}`;
}

/** The stable code of a failure; messages may hold what somebody said. */
export function failureOf(error: unknown): string {
  const problem: Problem | undefined = error instanceof Problem ? error : undefined;
  if (problem !== undefined) return problem.code;
  return error instanceof Error ? error.name : "Error";
}

function fail(span: Span, type: string): void {
  span.setAttribute(ATTRIBUTE.errorType, type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

function contextOf(parent: string): Context {
  if (traceOf(parent) === undefined) return ROOT_CONTEXT;
  const [, traceId = "", spanId = "", flags = "00"] = parent.split("-");
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: Number(flags) & 1, isRemote: true });
}

/** Who records no span passes on what it got. */
function forwarded(parent: string | undefined): string | undefined {
  return parent === undefined ? activeTraceparent() : traceOf(parent)?.traceparent;
}

function known(attributes: SpanOptions["attributes"]): { [name: string]: string | number } {
  const entries = Object.entries(attributes).filter((it): it is [string, string | number] => it[1] !== undefined);
  return Object.fromEntries(entries);
}
