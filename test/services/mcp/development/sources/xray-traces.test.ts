import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { TraceQuery } from "../../../../../services/mcp/development/sources/trace-source.ts";
import { awsStandIn, type AwsStandIn } from "../aws-stand-in.ts";

const { signal } = new AbortController();
const from = new Date("2026-09-29T10:00:00Z");
const to = new Date("2026-09-29T11:00:00Z");

let aws: AwsStandIn;
beforeEach(async () => {
  aws = await awsStandIn();
});
afterEach(() => aws.close());

describe("traces in X-Ray", () => {
  const ID = "1-66f91234-0123456789abcdef01234567";
  const query: TraceQuery = { tenantId: "acme", from, to, outcome: "any", minDurationMs: 0, limit: 2 };
  const owner = (tenantId: string) => ({ tenant_id: [{ AnnotationValue: { StringValue: tenantId } }] });
  const summary = (id: string, changes: object = {}) => ({
    Id: id,
    StartTime: from.getTime() / 1_000,
    Duration: 1.25,
    Annotations: owner("acme"),
    ...changes,
  });

  test.each<[Partial<TraceQuery>, string]>([
    [{}, 'annotation.tenant_id = "acme"'],
    [{ outcome: "failed" }, 'annotation.tenant_id = "acme" AND (fault = true OR error = true)'],
    [{ minDurationMs: 1_500 }, 'annotation.tenant_id = "acme" AND duration >= 1.5'],
  ])("%j asks for %s", async (changes, expression) => {
    await aws.services.traces.list({ ...query, ...changes }, signal);
    expect(aws.asked.map((it) => it.body)).toEqual([
      { StartTime: from.getTime() / 1_000, EndTime: to.getTime() / 1_000, FilterExpression: expression },
    ]);
  });

  test("are the tenant's alone, whatever X-Ray finds", async () => {
    const services = [{ Name: "gateway" }, { Name: "files" }, { Name: "files" }];
    aws.answer = () => ({
      body: {
        TraceSummaries: [
          summary("foreign", { Annotations: owner("other") }),
          summary("nobody's", { Annotations: {} }),
          summary("ours", { ServiceIds: services, HasFault: true, HasError: true }),
          summary("both's", { Annotations: { tenant_id: [...owner("acme").tenant_id, ...owner("other").tenant_id] } }),
        ],
      },
    });
    expect(await aws.services.traces.list(query, signal)).toEqual({
      traces: [{ id: "ours", startedAt: from, durationMs: 1250, outcome: "fault", services: ["files", "gateway"] }],
      isComplete: true,
    });
  });

  test("come newest first, and say when there are more", async () => {
    aws.answer = () => ({
      body: {
        TraceSummaries: [summary("old"), summary("new", { StartTime: to.getTime() / 1_000 })],
        NextToken: "more",
      },
    });
    const { traces, isComplete } = await aws.services.traces.list(query, signal);
    expect([traces.map((it) => it.id), isComplete, aws.asked.length]).toEqual([["new", "old"], false, 1]);
  });

  const segment = (changes: object) => ({
    Id: "s",
    Document: JSON.stringify({ id: "a", name: "gateway", start_time: 10, ...changes }),
  });
  const read = (...segments: object[]) => {
    aws.answer = () => ({ body: { Traces: [{ Id: ID, Segments: segments }] } });
    return aws.services.traces.read("acme", ID, signal);
  };
  const ours = { annotations: { tenant_id: "acme" } };

  test("give their spans, and nothing of what else services write into them", async () => {
    const failing = {
      id: "c",
      name: "S3",
      start_time: 10.75,
      end_time: 11,
      fault: true,
      http: { request: { url: "https://x/?token=t" }, response: { status: 503 } },
      cause: { exceptions: [{ message: "slow down", stack: [] }] },
      metadata: { arguments: "private" },
    };
    const spans = await read(
      segment({
        ...ours,
        id: "b",
        parent_id: "a",
        name: "files",
        start_time: 10.5,
        end_time: 11.5,
        user: "jane",
        subsegments: [failing],
      }),
      segment({ end_time: 12 }),
    );
    expect(aws.asked.map((it) => it.body)).toEqual([{ TraceIds: [ID] }]);
    expect(spans).toEqual([
      { id: "a", name: "gateway", startedAt: new Date(10_000), durationMs: 2_000, outcome: "ok" },
      { id: "b", parentId: "a", name: "files", startedAt: new Date(10_500), durationMs: 1_000, outcome: "ok" },
      {
        id: "c",
        parentId: "b",
        name: "S3",
        startedAt: new Date(10_750),
        durationMs: 250,
        outcome: "fault",
        httpStatus: 503,
        problem: "slow down",
      },
    ]);
  });

  test("of others are not there", async () => {
    const theirs = { annotations: { tenant_id: "other" } };
    expect(await read(segment(ours))).toHaveLength(1);
    expect(await read()).toBeUndefined();
    expect(await read(segment({}))).toBeUndefined();
    expect(await read(segment(theirs))).toBeUndefined();
    expect(await read(segment(ours), segment(theirs))).toBeUndefined();
    expect(
      await read(segment({ ...ours, subsegments: [{ id: "x", name: "x", start_time: 1, ...theirs }] })),
    ).toBeUndefined();
  });
});
