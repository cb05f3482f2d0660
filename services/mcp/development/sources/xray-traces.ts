import {
  BatchGetTracesCommand,
  GetTraceSummariesCommand,
  type TraceSummary as XraySummary,
  type XRayClient,
} from "@aws-sdk/client-xray";
import { asked } from "./aws-problem.ts";
import { TENANT_ANNOTATION } from "../../../libraries/telemetry/names.ts";
import { requireOwner } from "../services.ts";
import { isOf, milliseconds, outcomeOf, spansOf } from "./segment.ts";
import type { FoundTraces, Span, TraceQuery, TraceSource, TraceSummary } from "./trace-source.ts";

const MOST_PAGES = 10;

/** Whose traces they are. */
export interface XrayTracesOptions {
  readonly client: XRayClient;
  readonly tenantId: string;
}

/** The tenant's traces in X-Ray, which knows no grants for a part of them: what has not the tenant's annotation is not there. */
export class XrayTraces implements TraceSource {
  private readonly options: XrayTracesOptions;

  constructor(options: XrayTracesOptions) {
    this.options = options;
  }

  async list(query: TraceQuery, signal: AbortSignal): Promise<FoundTraces> {
    requireOwner(this.options.tenantId, query.tenantId);
    const traces: TraceSummary[] = [];
    let token: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const answer = await asked("the traces", () =>
        this.options.client.send(
          new GetTraceSummariesCommand({
            StartTime: query.from,
            EndTime: query.to,
            FilterExpression: expressionOf(query),
            ...(token !== undefined && { NextToken: token }),
          }),
          { abortSignal: signal },
        ),
      );
      traces.push(...(answer.TraceSummaries ?? []).filter((it) => saysOwner(query.tenantId, it)).flatMap(summaryOf));
      token = answer.NextToken;
      if (token === undefined || traces.length >= query.limit) break;
    }
    const newestFirst = traces.sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime());
    return {
      traces: newestFirst.slice(0, query.limit),
      isComplete: token === undefined && traces.length <= query.limit,
    };
  }

  async read(tenantId: string, traceId: string, signal: AbortSignal): Promise<readonly Span[] | undefined> {
    requireOwner(this.options.tenantId, tenantId);
    const documents: string[] = [];
    let token: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const command = new BatchGetTracesCommand({
        TraceIds: [traceId],
        ...(token !== undefined && { NextToken: token }),
      });
      const answer = await asked("the trace", () => this.options.client.send(command, { abortSignal: signal }));
      const segments = (answer.Traces ?? []).filter(({ Id }) => Id === traceId).flatMap((it) => it.Segments ?? []);
      documents.push(...segments.flatMap(({ Document }) => Document ?? []));
      token = answer.NextToken;
      if (token === undefined) break;
    }
    return isOf(tenantId, documents) ? spansOf(documents) : undefined;
  }
}

/** The tenant's id comes from the context and the number from a schema: nothing here is text of the caller. */
function expressionOf({ tenantId, outcome, minDurationMs }: TraceQuery): string {
  return [
    `annotation.${TENANT_ANNOTATION} = ${JSON.stringify(tenantId)}`,
    ...(outcome === "failed" ? ["(fault = true OR error = true)"] : []),
    ...(minDurationMs > 0 ? [`duration >= ${minDurationMs / 1_000}`] : []),
  ].join(" AND ");
}

function saysOwner(tenantId: string, { Annotations }: XraySummary): boolean {
  const owners = Annotations?.[TENANT_ANNOTATION] ?? [];
  return owners.length > 0 && owners.every((it) => it.AnnotationValue?.StringValue === tenantId);
}

function summaryOf(it: XraySummary): readonly TraceSummary[] {
  if (it.Id === undefined || it.StartTime === undefined) return [];
  const flags = { error: it.HasError ?? false, fault: it.HasFault ?? false, throttle: it.HasThrottle ?? false };
  return [
    {
      id: it.Id,
      startedAt: it.StartTime,
      durationMs: milliseconds(it.Duration ?? 0),
      outcome: outcomeOf(flags),
      services: [...new Set((it.ServiceIds ?? []).flatMap(({ Name }) => Name ?? []))].sort(),
    },
  ];
}
