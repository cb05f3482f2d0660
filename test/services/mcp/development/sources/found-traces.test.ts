import { afterAll, beforeAll, expect, test } from "vitest";
import { isOf } from "../../../../../services/mcp/development/sources/segment.ts";
import { inSpan } from "../../../../../services/libraries/telemetry/spans.ts";
import { startTelemetry, type Telemetry } from "../../../../../services/libraries/telemetry/telemetry.ts";
import { collector, type ReceivedSpan } from "../../../libraries/telemetry/collector.ts";

let otlp: Awaited<ReturnType<typeof collector>>;
let telemetry: Telemetry;
beforeAll(async () => {
  otlp = await collector();
  const failed = (error: unknown) => expect.fail(String(error));
  const of = { service: "bff-b2c", version: "1.0.0", tenantId: "acme-corp", failed };
  telemetry = await startTelemetry(of, { OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url });
});
afterAll(async () => {
  await telemetry.stop();
  await otlp.close();
});

interface Listed {
  readonly values: readonly { readonly stringValue: string }[];
}

/**
 * A segment as OpenTelemetry's exporter for X-Ray makes it of a span (awsxrayexporter, `makeXRayAttributes`): attributes that
 * `aws.xray.annotations` names become annotations, in whose keys all but letters and digits are underscores.
 */
function segmentOf({ spanId, name, startTimeUnixNano, attributes }: ReceivedSpan): string {
  const named = (attributes["aws.xray.annotations"] as Listed | undefined)?.values.map((it) => it.stringValue) ?? [];
  const annotations = Object.fromEntries(
    named.filter((it) => it in attributes).map((it) => [it.replaceAll(/[^A-Za-z0-9]/g, "_"), attributes[it]]),
  );
  return JSON.stringify({ id: spanId, name, start_time: Number(startTimeUnixNano) / 1e9, annotations });
}

test("A trace is found by the tenant of the services that wrote it, and by no other", async () => {
  const served = { kind: "server", attributes: {} } as const;
  await inSpan("chat", served, () => inSpan("invoke_agent", { ...served, kind: "client" }, () => Promise.resolve()));
  await telemetry.flush();
  const segments = otlp.spans.map(segmentOf);
  expect(segments).toHaveLength(2);
  for (const of of [segments, segments.slice(0, 1)])
    expect([isOf("acme-corp", of), isOf("xyz-gmbh", of)]).toEqual([true, false]);
});
