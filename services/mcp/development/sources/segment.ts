import * as z from "zod";
import { TENANT_ANNOTATION } from "../../../libraries/telemetry/names.ts";
import type { Outcome, Span } from "./trace-source.ts";

const LONGEST_PROBLEM = 500;

const flags = {
  error: z.boolean().default(false),
  fault: z.boolean().default(false),
  throttle: z.boolean().default(false),
};

/** What is read of a segment document of X-Ray; metadata, queries, addresses and users in it are left where they are. */
const segment = z.object({
  id: z.string(),
  /** Of whole segments only. */
  trace_id: z.string().optional(),
  parent_id: z.string().optional(),
  name: z.string(),
  start_time: z.number(),
  end_time: z.number().optional(),
  ...flags,
  http: z.object({ response: z.object({ status: z.int().optional() }).optional() }).optional(),
  annotations: z.record(z.string(), z.unknown()).default({}),
  cause: z
    .union([
      z.string().transform(() => undefined),
      z.object({ exceptions: z.array(z.object({ message: z.string().default("") })).default([]) }),
    ])
    .optional(),
  subsegments: z.array(z.unknown()).default([]),
});

/** A segment, or a part of one. */
export type Segment = z.output<typeof segment>;

/** Whether a trace is of this tenant: some of its segments say so, and none says another. */
export function isOf(tenantId: string, documents: readonly string[]): boolean {
  const owners = segmentsIn(documents).flatMap(({ annotations }) => annotations[TENANT_ANNOTATION] ?? []);
  return owners.length > 0 && owners.every((it) => it === tenantId);
}

/** The spans of a trace's segments, in the order in which they began. */
export function spansOf(documents: readonly string[]): readonly Span[] {
  return segmentsIn(documents)
    .map(spanOf)
    .sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
}

/** How something ended, by the three flags that X-Ray knows. */
export function outcomeOf(it: Pick<Segment, "error" | "fault" | "throttle">): Outcome {
  if (it.fault) return "fault";
  if (it.throttle) return "throttled";
  return it.error ? "error" : "ok";
}

/** The segments of a trace, and what is within them. */
export function segmentsIn(documents: readonly string[]): readonly Segment[] {
  return documents.flatMap((it) => withinSegment(segment.parse(JSON.parse(it))));
}

function withinSegment(outer: Segment): readonly Segment[] {
  const inner = outer.subsegments.map((it) => segment.parse(it));
  return [outer, ...inner.flatMap((it) => withinSegment({ ...it, parent_id: it.parent_id ?? outer.id }))];
}

function spanOf(it: Segment): Span {
  const problem = it.cause?.exceptions
    .map(({ message }) => message)
    .join("; ")
    .slice(0, LONGEST_PROBLEM);
  const httpStatus = it.http?.response?.status;
  return {
    id: it.id,
    name: it.name,
    startedAt: new Date(it.start_time * 1_000),
    outcome: outcomeOf(it),
    ...(it.parent_id !== undefined && { parentId: it.parent_id }),
    ...(it.end_time !== undefined && { durationMs: milliseconds(it.end_time - it.start_time) }),
    ...(httpStatus !== undefined && { httpStatus }),
    ...(problem !== undefined && problem !== "" && { problem }),
  };
}

/** Seconds, as X-Ray counts, in milliseconds to three places. */
export function milliseconds(seconds: number): number {
  return Math.round(seconds * 1_000_000) / 1_000;
}
