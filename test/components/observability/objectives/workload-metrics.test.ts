import * as aws from "@pulumi/aws";
import { describe, expect, it } from "vitest";
import { workloadMetrics } from "../../../../components/observability/objectives/workload-metrics.ts";
import { A2A_AUDIT_EVENT, AUDIT_EVENT, BFF_AUDIT_EVENT } from "../../../../contracts/records/audit-line.ts";
import { LOG_KEY } from "../../../../contracts/records/container-logs.ts";
import { METRICS } from "../../../../contracts/records/metrics.ts";
import { type AuditedCall, auditLine } from "../../../../services/libraries/service-kit/audit-line.ts";
import { awsOf, planned } from "../../planned.ts";

const FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter";

const plan = () =>
  planned((opts) => {
    const served = { provider: awsOf(opts) };
    const group = new aws.cloudwatch.LogGroup("pods", { name: "/pods" }, served);
    workloadMetrics("workloads", { logGroupName: group.name }, served);
  });

/** A line of a pod as Fluent Bit sends it. */
const sent = (call: Partial<AuditedCall>): unknown => {
  const line = auditLine({
    ...{ at: 0, component: "bff-b2c", requestId: "r", correlationId: "c", tenantId: "xyz-gmbh" },
    ...{ statusCode: 200, processingTimeMs: 12, ...call },
  });
  return { log: line, [LOG_KEY]: JSON.parse(line) as unknown, kubernetes: { namespace_name: "xyz-gmbh" } };
};

/** What a selector of CloudWatch Logs finds. */
const at = (selector: string, line: unknown): unknown =>
  selector
    .replace(/^\$\./, "")
    .split(".")
    .reduce<unknown>((it, name) => (it as Record<string, unknown>)[name], line);

const TERM = /\((\$[\w.]+) (=|>=) ("[^"]*"|\d+)\)/g;

/** Whether a line matches a pattern of the two forms that are used here: one of some terms, or one of them and a last one. */
function matches(pattern: string, line: unknown): boolean {
  const terms = [...pattern.matchAll(TERM)].map(([, selector = "", is, value = ""]) => {
    const found = at(selector, line);
    return is === "=" ? found === JSON.parse(value) : Number(found) >= Number(value);
  });
  const form = pattern.replaceAll(TERM, "x");
  if (form === "{ x || x }") return terms.includes(true);
  if (form === "{ (x || x) && x }") return terms.slice(0, 2).includes(true) && terms[2] === true;
  throw new Error(`not understood: ${pattern}`);
}

interface Counted {
  readonly pattern: string;
  readonly metricTransformation: {
    readonly namespace: "Alicerce/Workloads";
    readonly value: string;
    readonly dimensions: Readonly<Record<string, string>>;
  };
}

describe("workloadMetrics", () => {
  const counted = async (metric: string) => (await plan()).inputs(FILTER, `workloads-${metric}`) as unknown as Counted;

  it.each([
    ["calls", A2A_AUDIT_EVENT, 200, true],
    ["calls", BFF_AUDIT_EVENT, 403, true],
    ["calls", AUDIT_EVENT, 200, false],
    ["failures", A2A_AUDIT_EVENT, 500, true],
    ["failures", BFF_AUDIT_EVENT, 503, true],
    ["failures", BFF_AUDIT_EVENT, 429, false],
    ["failures", AUDIT_EVENT, 500, false],
    ["duration", BFF_AUDIT_EVENT, 200, true],
  ] as const)("%s: of %s with status %d: %s", async (metric, event, statusCode, isCounted) => {
    const { pattern } = await counted(metric);
    expect(matches(pattern, sent({ event, statusCode }))).toBe(isCounted);
  });

  it("counts by the tenant and the workload that the line names, in metrics that are known", async () => {
    for (const metric of ["Calls", "Failures", "Duration"] as const) {
      const { metricTransformation: it } = await counted(metric.toLowerCase());
      expect(METRICS[it.namespace][metric]).toContainEqual(Object.keys(it.dimensions));
      const line = sent({ event: BFF_AUDIT_EVENT });
      expect(Object.values(it.dimensions).map((one) => at(one, line))).toEqual(["xyz-gmbh", "bff-b2c"]);
    }
  });

  it("measures the time that the line says", async () => {
    const { metricTransformation: it } = await counted("duration");
    expect(at(it.value, sent({ event: BFF_AUDIT_EVENT, processingTimeMs: 12 }))).toBe(12);
  });
});
