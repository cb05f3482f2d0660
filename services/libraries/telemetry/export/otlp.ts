import { SpanStatusCode } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { ANNOTATIONS, ATTRIBUTE, TENANT_ANNOTATION } from "../names.ts";

/** What is sent of a span: the attributes that are named here. Whatever else a library sets may be contents, and is left out. */
const SENT: ReadonlySet<string> = new Set(Object.values(ATTRIBUTE));

const LONGEST_TEXT = 256;

/** Says that X-Ray is to find a span by its tenant. */
const ANNOTATED = { key: ANNOTATIONS, value: { arrayValue: { values: [{ stringValue: TENANT_ANNOTATION }] } } };

/** Whose spans they are, as it is said of each span. */
export interface Sender {
  readonly service: string;
  readonly version: string;
  readonly tenantId: string;
}

/**
 * Spans as OTLP has them in JSON (opentelemetry-proto 1.x, `ExportTraceServiceRequest`). Events, links and messages of failures are not
 * sent: libraries put prompts, answers and texts of errors there.
 */
export function otlpOf(spans: readonly ReadableSpan[], { service, version, tenantId }: Sender): object {
  const resource = { "service.name": service, "service.version": version, [ATTRIBUTE.tenant]: tenantId };
  return {
    resourceSpans: [
      {
        resource: { attributes: attributesOf(resource) },
        scopeSpans: [{ scope: { name: "alicerce" }, spans: spans.map((it) => spanOf(it, tenantId)) }],
      },
    ],
  };
}

function spanOf(it: ReadableSpan, tenantId: string): object {
  const { traceId, spanId, traceFlags } = it.spanContext();
  const sent = Object.entries(it.attributes).filter(([name]) => SENT.has(name) && name !== ATTRIBUTE.tenant);
  return {
    traceId,
    spanId,
    ...(it.parentSpanContext !== undefined && { parentSpanId: it.parentSpanContext.spanId }),
    flags: traceFlags,
    name: it.name.slice(0, LONGEST_TEXT),
    // Kinds of the API begin with 0, those of the protocol with 1.
    kind: it.kind + 1,
    startTimeUnixNano: nanoseconds(it.startTime),
    endTimeUnixNano: nanoseconds(it.endTime),
    attributes: [
      ...attributesOf({ ...Object.fromEntries(sent), [ATTRIBUTE.tenant]: tenantId, [TENANT_ANNOTATION]: tenantId }),
      ANNOTATED,
    ],
    status: it.status.code === SpanStatusCode.ERROR ? { code: SpanStatusCode.ERROR } : {},
  };
}

function nanoseconds([seconds, rest]: readonly [number, number]): string {
  return String(BigInt(seconds) * 1_000_000_000n + BigInt(rest));
}

function attributesOf(attributes: { readonly [name: string]: unknown }): readonly object[] {
  return Object.entries(attributes).flatMap(([key, value]): readonly object[] => {
    if (typeof value === "string") return [{ key, value: { stringValue: value.slice(0, LONGEST_TEXT) } }];
    if (typeof value === "boolean") return [{ key, value: { boolValue: value } }];
    if (typeof value !== "number") return [];
    return [{ key, value: Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value } }];
  });
}
