import * as z from "zod";
import { defineTool } from "../../../libraries/mcp-host/definition/definition.ts";
import type { DevelopmentCall } from "../services.ts";
import { datesOf, timeRange } from "../sources/time-range.ts";

/** X-Ray searches no longer range at once. */
const LONGEST_RANGE_HOURS = 6;

/** Lists the traces of the tenant's calls. */
export const listTraces = defineTool({
  name: "list-traces",
  title: "List traces",
  description: `Lists traces of the tenant's calls, newest first, within at most ${LONGEST_RANGE_HOURS} hours: all, failed or slow ones.`,
  scope: "mcp:read",
  permission: "read:traces",
  classification: "internal",
  awsCalls: ["xray:GetTraceSummaries"],
  input: timeRange.extend({
    outcome: z.enum(["any", "failed"]).default("any"),
    minDurationMs: z.int().min(0).max(900_000).default(0),
    limit: z.int().min(1).max(100).default(20),
  }),
  output: z.object({
    traces: z.array(
      z.object({
        id: z.string(),
        startedAt: z.iso.datetime(),
        durationMs: z.number(),
        outcome: z.enum(["ok", "error", "throttled", "fault"]),
        services: z.array(z.string()),
      }),
    ),
    complete: z.boolean(),
  }),
  run: async ({ outcome, minDurationMs, limit, ...range }, { context, services, signal }: DevelopmentCall) => {
    const query = { tenantId: context.tenantId, outcome, minDurationMs, limit, ...datesOf(range, LONGEST_RANGE_HOURS) };
    const { traces, isComplete } = await services.traces.list(query, signal);
    return {
      traces: traces.map((it) => ({ ...it, startedAt: it.startedAt.toISOString(), services: [...it.services] })),
      complete: isComplete,
    };
  },
});
